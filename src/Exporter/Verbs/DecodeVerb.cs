namespace SFlow.Exporter.Verbs;
internal static class DecodeVerb { public static int Run(string file, Stream output, TextWriter errors) => 0; }
