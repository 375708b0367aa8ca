namespace SFlow.Packaging.Bill;

/// <summary>The bill of materials and the notices, as files below the root of the repository.</summary>
internal static class BillCommand
{
    /// <param name="repository">Root of the repository, whose packages are restored.</param>
    /// <returns>Path below the root, and text, of each file.</returns>
    /// <exception cref="PackagingException">A package is not restored, or its licence is unknown.</exception>
    public static IEnumerable<(string Path, string Text)> Files(string repository)
    {
        Package[] packages = [.. LockFile.Read(Path.Combine(repository, "src", "Exporter", "packages.lock.json")).Select(Package.Read)];
        yield return (MaterialBill.Path, MaterialBill.Of(repository, Release.Version, packages));
        yield return (Notices.Path, Notices.Of(repository, packages));
    }
}
