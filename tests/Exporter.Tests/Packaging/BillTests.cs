using System.Security.Cryptography;
using System.Text.Json.Nodes;
using SFlow.Packaging.Bill;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Packaging;

/// <summary>The bill of materials and the notices name every package that the lock files name, and every vendored file. Other code than that of the bill reads both here.</summary>
public sealed class BillTests
{
    private static readonly JsonNode bill = JsonNode.Parse(Read("sbom.cdx.json"))!;
    private static readonly string notices = Read("THIRD-PARTY-NOTICES");

    [Fact]
    public void Committed_files_equal_the_generated_ones() => Assert.All(BillCommand.Files(SharedFolder.Repository), file =>
        Assert.True(Read(file.Path) == file.Text, $"{file.Path} differs from the packages: run ./build sbom, and commit what it writes."));

    [Theory]
    [InlineData("Exporter")]
    [InlineData("Decoder")]
    public void Each_package_of_the_lock_file_is_in_both_with_version_hash_and_licence(string project)
    {
        Dictionary<string, JsonNode> components = bill["components"]!.AsArray().OfType<JsonNode>().Where(it => it["purl"] is not null).ToDictionary(it => it["purl"]!.GetValue<string>());
        (string Name, JsonNode Entry)[] locked = [.. from target in JsonNode.Parse(Read($"src/{project}/packages.lock.json"))!["dependencies"]!.AsObject() from entry in target.Value!.AsObject() where entry.Value!["resolved"] is not null select (entry.Key, entry.Value)];
        Assert.NotEmpty(locked);
        Assert.All(locked, package =>
        {
            string version = package.Entry["resolved"]!.GetValue<string>();
            JsonNode component = components[$"pkg:nuget/{package.Name}@{version}"];
            Assert.Equal(Sha512(package.Name.ToLowerInvariant(), version), component["hashes"]![0]!["content"]!.GetValue<string>());
            Assert.NotEmpty(component["licenses"]!.AsArray());
            Assert.Contains($"\n{package.Name} {version}", notices, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Every_dependency_leads_to_a_component_and_the_program_to_all()
    {
        string[] components = [.. bill["components"]!.AsArray().Select(it => it!["bom-ref"]!.GetValue<string>())];
        string program = bill["metadata"]!["component"]!["bom-ref"]!.GetValue<string>();
        Assert.Equal(components.Order(), components.Distinct().Order());
        Assert.All(bill["dependencies"]!.AsArray(), entry =>
        {
            Assert.Contains(entry!["ref"]!.GetValue<string>(), components.Append(program));
            Assert.All(entry["dependsOn"]!.AsArray(), on => Assert.Contains(on!.GetValue<string>(), components));
        });
        JsonNode all = Assert.Single(bill["dependencies"]!.AsArray(), entry => entry!["ref"]!.GetValue<string>() == program)!;
        Assert.Equal(components.Order(), all["dependsOn"]!.AsArray().Select(on => on!.GetValue<string>()).Order());
    }

    [Fact]
    public void What_only_builds_is_not_part_of_the_program_and_what_is_linked_is()
    {
        string Scope(string name) => Assert.Single(bill["components"]!.AsArray(), it => it!["name"]!.GetValue<string>() == name)!["scope"]!.GetValue<string>();
        Assert.All(((string[])["Meziantou.Analyzer", "Microsoft.DotNet.ILCompiler", "Vecc.YamlDotNet.Analyzers.StaticGenerator"]), name => Assert.Equal("excluded", Scope(name)));
        Assert.All(((string[])["SourceGear.sqlite3", "YamlDotNet", "Microsoft.NETCore.App.Runtime.NativeAOT.linux-x64"]), name => Assert.Equal("required", Scope(name)));
    }

    [Fact]
    public void Each_vendored_folder_is_in_both_with_its_hash_and_the_texts_of_all_its_licences()
    {
        string[] folders = Directory.GetDirectories(Path.Combine(SharedFolder.Repository, "src/Exporter/Web/Page/vendor"));
        Assert.NotEmpty(folders);
        foreach (string script in folders.SelectMany(folder => Directory.GetFiles(folder, "*.js")))
        {
            string path = Path.GetRelativePath(SharedFolder.Repository, script);
            JsonNode component = Assert.Single(bill["components"]!.AsArray(), it => it!["properties"]?[0]!["value"]!.GetValue<string>() == path)!;
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(script))), component["hashes"]![0]!["content"]!.GetValue<string>());
            Assert.Contains($"version:\"{component["version"]}\"", File.ReadAllText(script), StringComparison.Ordinal);
            Assert.Contains($"({path})", notices, StringComparison.Ordinal);
        }
        foreach (string text in folders.SelectMany(Directory.GetFiles).Where(path => !path.EndsWith(".js", StringComparison.Ordinal)))
            Assert.Contains(Words(File.ReadAllText(text)), Words(notices), StringComparison.Ordinal);
    }

    /// <summary>The chart library bundles other libraries, whose licences demand their text too.</summary>
    [Theory]
    [InlineData("Copyright 2017-2026 The Apache Software Foundation")]
    [InlineData("Copyright 2010-2016 Mike Bostock")]
    [InlineData("Copyright (c) 2017, Baidu Inc.")]
    [InlineData("Copyright (c) Microsoft Corporation. Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted.")]
    public void The_notices_have_the_copyright_of_each_part_of_the_chart_library(string copyright) => Assert.Contains(copyright, Words(notices), StringComparison.Ordinal);

    [Fact]
    public void Data_of_others_in_the_program_is_named_too() => Assert.All(((string[])["src/Exporter/Pipeline/iana-ports.txt", "src/Dashboards/Kibana/Vega/land.json"]), data =>
    {
        Assert.True(File.Exists(Path.Combine(SharedFolder.Repository, data)), data);
        Assert.Contains(data, notices, StringComparison.Ordinal);
        Assert.Contains(bill["components"]!.AsArray(), it => it!["bom-ref"]!.GetValue<string>() == data);
    });

    [Fact]
    public void A_package_without_a_known_licence_stops_the_release()
    {
        Package unknown = new(new LockedPackage("Some.Package", "1.0.0", "", []), "", "SSPL-1.0", "", "", [], IsShipped: true);
        Assert.Contains("SSPL-1.0", Assert.Throws<SFlow.Packaging.PackagingException>(() => Notices.Of(SharedFolder.Repository, [unknown])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_package_that_differs_from_the_lock_file_stops_the_release()
    {
        LockedPackage real = LockFile.Read(Path.Combine(SharedFolder.Repository, "src/Exporter/packages.lock.json"))[0];
        Assert.Contains("differs from the lock file", Assert.Throws<SFlow.Packaging.PackagingException>(() => Package.Read(real with { ContentHash = "AAAA" })).Message, StringComparison.Ordinal);
    }

    /// <summary>Hash of the package file itself, which NuGet keeps where it restored the package.</summary>
    private static string Sha512(string name, string version)
    {
        string cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        using FileStream package = File.OpenRead(Path.Combine(cache, name, version, $"{name}.{version}.nupkg"));
        return Convert.ToHexStringLower(SHA512.HashData(package));
    }

    /// <summary>Text with one space between words.</summary>
    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Read(string path) => File.ReadAllText(Path.Combine(SharedFolder.Repository, path));
}
