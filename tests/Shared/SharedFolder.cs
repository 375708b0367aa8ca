namespace SFlow.Tests;

/// <summary>The folder of captures, lab and real servers beside the repository; a stranger's clone has none, CI must have it.</summary>
public static class SharedFolder
{
    /// <summary>The repository's root, found from the test's own place.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>Where the folder is: <c>SFLOW_SHARED</c>, else <c>../shared</c> beside the repository.</summary>
    public static string Root { get; } =
        Environment.GetEnvironmentVariable("SFLOW_SHARED") is { Length: > 0 } named
            ? Path.GetFullPath(named)
            : Path.GetFullPath(Path.Combine(Repository, "..", "shared"));

    /// <summary>The path of a part of the folder; skips the calling test, with the reason, where it is absent.</summary>
    public static string Require(params string[] parts)
    {
        string path = Path.Combine([Root, .. parts]);
        if (!Path.Exists(path)) Assert.Skip($"needs {Path.Combine([.. parts])} of the shared folder (SFLOW_SHARED, default ../shared)");
        return path;
    }

    private static string FindRepository()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Exporter.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("tests must run from inside the repository");
    }
}
