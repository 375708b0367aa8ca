namespace SFlow.Packaging;

/// <summary>The version of all projects. Directory.Build.props has it.</summary>
internal static class Release
{
    public static string Version { get; } = typeof(Release).Assembly.GetName().Version!.ToString(3);
}
