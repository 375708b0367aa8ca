using SFlow.Tests;

namespace SFlow.Exporter.Tests;

/// <summary>A page of <c>docs/</c> that is generated from the code. <c>./build docs</c> writes it; any other run compares.</summary>
internal static class GeneratedPage
{
    /// <summary>Trait of the tests that <c>./build docs</c> runs.</summary>
    public const string Trait = "Writes", Docs = "docs";

    /// <param name="name">File name below <c>docs</c>.</param>
    /// <param name="expected">What the code says now.</param>
    public static void Check(string name, string expected)
    {
        string path = Path.Combine(SharedFolder.Repository, "docs", name);
        if (Environment.GetEnvironmentVariable("SFLOW_WRITE_DOCS") is { Length: > 0 }) File.WriteAllText(path, expected);
        Assert.True(expected == File.ReadAllText(path), $"docs/{name} differs from the code: run ./build docs, and commit what it writes.");
    }
}
