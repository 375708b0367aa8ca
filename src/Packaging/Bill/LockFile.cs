using System.Text.Json.Nodes;

namespace SFlow.Packaging.Bill;

/// <summary>A package that a lock file names.</summary>
/// <param name="Name">Name as the registry writes it.</param>
/// <param name="Version">Exact version.</param>
/// <param name="ContentHash">NuGet's hash of the package without its signature, in Base64; empty for a package of the framework, which no lock file names.</param>
/// <param name="Needs">Names of the packages that it depends on.</param>
internal sealed record LockedPackage(string Name, string Version, string ContentHash, IReadOnlyList<string> Needs);

/// <summary>Reads a <c>packages.lock.json</c>.</summary>
internal static class LockFile
{
    private const string Compiler = "Microsoft.DotNet.ILCompiler";

    /// <summary>The parts of .NET that the compiler links into the program. Their versions are that of the compiler.</summary>
    private static readonly string[] frameworks = ["Microsoft.NETCore.App.Runtime.NativeAOT.linux-x64", "Microsoft.AspNetCore.App.Runtime.linux-x64"];

    /// <returns>Each package once, for all target frameworks and platforms, in the order of their names.</returns>
    /// <exception cref="PackagingException">The file is absent, or a package has two versions.</exception>
    public static IReadOnlyList<LockedPackage> Read(string path)
    {
        if (!File.Exists(path)) throw new PackagingException($"{path} is absent. Restore the project first: dotnet restore.");
        using FileStream file = File.OpenRead(path);
        SortedDictionary<string, LockedPackage> packages = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, JsonNode? entry) in JsonNode.Parse(file)!["dependencies"]!.AsObject().SelectMany(target => target.Value!.AsObject()))
        {
            if (entry!["resolved"]?.GetValue<string>() is not { } version) continue;
            string hash = entry["contentHash"]!.GetValue<string>();
            string[] needs = [.. entry["dependencies"]?.AsObject().Select(need => need.Key) ?? []];
            if (packages.TryGetValue(name, out LockedPackage? known) && known.Version != version) throw new PackagingException($"{path} has two versions of {name}. Pin one in Directory.Packages.props.");
            packages[name] = new LockedPackage(name, version, hash, [.. needs.Union(known?.Needs ?? [], StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)]);
        }
        return [.. packages.Values, .. frameworks.Select(name => new LockedPackage(name, packages[Compiler].Version, "", []))];
    }
}
