using System.Globalization;
using SFlow.Packaging.Bill;

namespace SFlow.Packaging.Image;

/// <summary>Packs the published program into an image archive.</summary>
internal static class ImageCommand
{
    /// <param name="repository">Root of the repository: its commit gives time and revision, its licences go into the image.</param>
    /// <param name="published">Folder of the published program.</param>
    /// <param name="archive">Path of the archive to write.</param>
    /// <returns>One line: the archive, its size and its digest.</returns>
    /// <exception cref="PackagingException">Something that the image needs is missing.</exception>
    public static string Run(string repository, string published, string archive)
    {
        string[] commit = Tool.Run("git", "-C", repository, "log", "-1", "--format=%ct %H").Split(' ', StringSplitOptions.TrimEntries);
        DateTimeOffset time = DateTimeOffset.FromUnixTimeSeconds(long.Parse(commit[0], CultureInfo.InvariantCulture));
        string[] licences = [.. ((string[])["LICENSE", Notices.Path, MaterialBill.Path]).Select(name => Path.Combine(repository, name))];
        Layer[] layers = [Layer.Of(ImageRoot.System(published), time), Layer.Of(ImageRoot.Program(published, licences), time)];
        string digest = OciImage.Write(archive, layers, Release.Version, commit[1], time);
        return $"{archive}: {new FileInfo(archive).Length / 1e6:F1} MB, {digest}";
    }
}
