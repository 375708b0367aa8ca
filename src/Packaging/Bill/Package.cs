using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace SFlow.Packaging.Bill;

/// <summary>What a package says of itself.</summary>
/// <param name="Lock">Its entry of the lock file.</param>
/// <param name="Sha512">Hash of the package as the registry serves it, in lower-case hexadecimal.</param>
/// <param name="Licence">SPDX expression; empty if the package has a licence text only.</param>
/// <param name="Copyright">Copyright line; empty if there is none.</param>
/// <param name="Address">Address of the project or its sources; empty if there is none.</param>
/// <param name="Texts">Texts of licence and notices that lie in the package.</param>
/// <param name="IsShipped">True if the program contains a part of it; false for analyzers, generators and compilers.</param>
internal sealed record Package(LockedPackage Lock, string Sha512, string Licence, string Copyright, string Address, IReadOnlyList<string> Texts, bool IsShipped)
{
    private static readonly string cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>Reads the package in the folder to which NuGet restored it.</summary>
    /// <exception cref="PackagingException">The package is not restored, differs from the lock file, or names no licence.</exception>
    public static Package Read(LockedPackage entry)
    {
        string folder = Path.Combine(cache, entry.Name.ToLowerInvariant(), entry.Version), specification = Path.Combine(folder, $"{entry.Name.ToLowerInvariant()}.nuspec");
        if (!File.Exists(specification)) throw new PackagingException($"{specification} is absent. Restore the project first: dotnet restore src/Exporter.");
        XElement metadata = XDocument.Load(specification).Root!.Elements().First(element => element.Name.LocalName == "metadata");
        XElement licence = Child("license") ?? throw new PackagingException($"{entry.Name} {entry.Version} names no licence. Use another package, or read its licence and add it here.");
        bool isExpression = licence.Attribute("type")?.Value == "expression";
        SortedSet<string> files = new(Directory.EnumerateFiles(folder).Where(LegalText.IsName), StringComparer.Ordinal);
        if (!isExpression) files.Add(Path.Combine(folder, licence.Value));
        string address = Child("projectUrl")?.Value ?? Child("repository")?.Attribute("url")?.Value ?? "";
        bool shipped = ((string[])["lib", "runtimes"]).Any(part => Directory.Exists(Path.Combine(folder, part)));
        return new Package(entry, Hash(entry, folder), isExpression ? licence.Value : "", Child("copyright")?.Value ?? "", address, [.. files.Select(LegalText.Read)], shipped);

        XElement? Child(string name) => metadata.Elements().FirstOrDefault(element => element.Name.LocalName == name);
    }

    /// <summary>NuGet keeps both hashes beside the package. The one in lock files leaves out the signature, so no copy of the package has it.</summary>
    private static string Hash(LockedPackage entry, string folder)
    {
        string content = JsonNode.Parse(LegalText.Read(Path.Combine(folder, ".nupkg.metadata")))!["contentHash"]!.GetValue<string>();
        if (entry.ContentHash.Length > 0 && content != entry.ContentHash) throw new PackagingException($"{entry.Name} {entry.Version} in {folder} differs from the lock file. Delete that folder and restore again.");
        string file = Path.Combine(folder, $"{entry.Name.ToLowerInvariant()}.{entry.Version}.nupkg.sha512");
        return Convert.ToHexStringLower(Convert.FromBase64String(LegalText.Read(file)));
    }
}
