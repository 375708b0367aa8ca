namespace SFlow.Packaging.Image;

/// <summary>The licences of what the image takes from this machine. Debian keeps them in the file <c>copyright</c> of each package.</summary>
internal static class DistributionLicences
{
    /// <summary>The certificates are generated at installation, so no package owns their file.</summary>
    private const string Certificates = "ca-certificates";

    /// <param name="libraries">Paths of shared libraries.</param>
    /// <returns>For each package its name with the version, and the path of its licences.</returns>
    /// <exception cref="PackagingException">The machine has no dpkg, no package owns a library, or a package has no licences.</exception>
    public static IReadOnlyList<(string Package, string Path)> Of(IEnumerable<string> libraries)
    {
        SortedSet<string> packages = new(libraries.Select(Owner), StringComparer.Ordinal) { Certificates };
        return [.. packages.Select(Licence)];
    }

    /// <summary>The loader finds libraries by <c>/lib</c>, which is a link to <c>/usr/lib</c>; dpkg knows one of the two paths.</summary>
    private static string Owner(string library)
    {
        string[] paths = [library, library.StartsWith("/usr/", StringComparison.Ordinal) ? library[4..] : $"/usr{library}"];
        string output = Tool.Try("dpkg-query", ["--search", .. paths]);
        return output.Contains(':', StringComparison.Ordinal)
            ? output[..output.IndexOf(':', StringComparison.Ordinal)]
            : throw new PackagingException($"No Debian package owns {library}. Build the image on Debian or Ubuntu, or with deploy/Containerfile.");
    }

    private static (string, string) Licence(string package)
    {
        string path = $"/usr/share/doc/{package}/copyright";
        if (!File.Exists(path)) throw new PackagingException($"{path} is absent. Install {package} again with its documentation.");
        return ($"{package}-{Tool.Run("dpkg-query", "--show", "--showformat=${Version}\\n", package).Split('\n')[0]}", path);
    }
}
