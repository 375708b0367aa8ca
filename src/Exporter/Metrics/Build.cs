using System.Reflection;

namespace SFlow.Exporter.Metrics;

/// <summary>Which build this is, as the compiler wrote it into the program.</summary>
internal static class Build
{
    private static readonly string[] Parts =
        (typeof(Build).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "").Split('+', 2);

    public static string Version => Parts[0];

    /// <summary>Commit that it was built from, or "unknown".</summary>
    public static string Revision => Parts.Length > 1 ? Parts[1] : "unknown";
}
