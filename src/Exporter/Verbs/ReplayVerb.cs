namespace SFlow.Exporter.Verbs;
internal static class ReplayVerb { public static Task<int> RunAsync(string file, string to, double rate, bool loop, TextWriter errors, CancellationToken stop) => Task.FromResult(0); }
