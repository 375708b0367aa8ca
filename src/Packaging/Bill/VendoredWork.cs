using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace SFlow.Packaging.Bill;

/// <summary>Work of others whose file lies in this repository and is part of the program.</summary>
/// <param name="Name">Name of the work.</param>
/// <param name="Version">Version; empty if the authors give none.</param>
/// <param name="Type">Type of component in CycloneDX: <c>library</c> or <c>data</c>.</param>
/// <param name="File">Path below the root of the repository.</param>
/// <param name="Licence">SPDX expression, or the name of the terms.</param>
/// <param name="Address">Where the work comes from.</param>
/// <param name="Identity">Package URL; empty for what no registry has.</param>
internal sealed partial record VendoredWork(string Name, string Version, string Type, string File, string Licence, string Address, string Identity)
{
    public static IReadOnlyList<VendoredWork> All { get; } =
    [
        new("IANA service names and port numbers", "", "data", "src/Exporter/Pipeline/iana-ports.txt", "CC0-1.0", "https://www.iana.org/assignments/service-names-port-numbers", ""),
        new("Natural Earth land 1:110m", "", "data", "src/Dashboards/Kibana/Vega/land.json", "Public domain", "https://www.naturalearthdata.com", ""),
        // It contains zrender and parts of d3 (BSD-3-Clause), and functions of tslib (0BSD).
        new("Apache ECharts", "6.1.0", "library", "src/Exporter/Web/Page/vendor/echarts/echarts.js", "Apache-2.0 AND BSD-3-Clause AND 0BSD", "https://echarts.apache.org", "pkg:npm/echarts@6.1.0"),
    ];

    /// <summary>Texts of licences and notices: files beside a library, and comments in it that minifiers preserve (<c>/*! ... */</c>).</summary>
    /// <param name="repository">Root of the repository.</param>
    /// <exception cref="PackagingException">The file is absent, or a library has no text beside it.</exception>
    public IReadOnlyList<string> Texts(string repository)
    {
        if (Type != "library") return [];
        string path = Existing(repository);
        string[] beside = [.. Directory.EnumerateFiles(Path.GetDirectoryName(path)!).Where(LegalText.IsName).Order(StringComparer.Ordinal)];
        if (beside.Length == 0) throw new PackagingException($"{File} has no licence beside it. Add its files LICENSE and NOTICE to that folder.");
        return [.. beside.Select(LegalText.Read), .. Preserved().Matches(LegalText.Read(path)).Select(comment => comment.Groups["text"].Value.Trim('*', ' ', '\n'))];
    }

    /// <summary>SHA-256 of the file, in lower-case hexadecimal.</summary>
    /// <exception cref="PackagingException">The file is absent.</exception>
    public string Sha256(string repository)
    {
        using FileStream content = System.IO.File.OpenRead(Existing(repository));
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }

    private string Existing(string repository) => Path.Combine(repository, File) is var path && System.IO.File.Exists(path)
        ? path
        : throw new PackagingException($"{path} is absent. Remove its entry from VendoredWork.cs, or restore the file.");

    [GeneratedRegex(@"/\*!(?<text>.*?)\*/", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Preserved();
}
