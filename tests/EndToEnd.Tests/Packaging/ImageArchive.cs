using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using SFlow.EndToEnd.Tests.Services;
using SFlow.Packaging.Image;
using SFlow.Tests;

namespace SFlow.EndToEnd.Tests.Packaging;

/// <summary>The image archive of the published program, read by the test's own code.</summary>
internal sealed class ImageArchive : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("sflow-image-");

    private ImageArchive()
    {
        string published = Path.GetDirectoryName(ExporterProcess.Path)!;
        ImageCommand.Run(SharedFolder.Repository, published, File);
        TarFile.ExtractToDirectory(File, Layout, overwriteFiles: false);
        Index = Read("index.json");
        Manifest = Json(Digest(Assert.Single(Index["manifests"]!.AsArray())!));
        Configuration = Json(Digest(Manifest["config"]!));
    }

    public string File => Path.Combine(folder.FullName, "image.tar");
    public JsonNode Index { get; }
    public JsonNode Manifest { get; }
    public JsonNode Configuration { get; }

    private string Layout => Directory.CreateDirectory(Path.Combine(folder.FullName, "layout")).FullName;

    /// <summary>Packs the program that <c>SFLOW_PROGRAM</c> names; skips the test if that is not a published one.</summary>
    public static ImageArchive Pack()
    {
        if (System.IO.File.Exists(Path.ChangeExtension(ExporterProcess.Path, ".dll"))) Assert.Skip("needs the published program (./build publish, SFLOW_PROGRAM)");
        return new ImageArchive();
    }

    /// <summary>The content that a descriptor names.</summary>
    public byte[] Blob(string digest) => System.IO.File.ReadAllBytes(Path.Combine(Layout, "blobs", digest.Replace(':', '/')));

    public IEnumerable<string> Blobs => Directory.EnumerateFiles(Path.Combine(Layout, "blobs", "sha256")).Select(path => $"sha256:{Path.GetFileName(path)}");

    public JsonNode Read(string name) => JsonNode.Parse(System.IO.File.ReadAllBytes(Path.Combine(Layout, name)))!;

    public static string Digest(JsonNode descriptor) => descriptor["digest"]!.GetValue<string>();

    public static string DigestOf(byte[] content) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}";

    /// <summary>A layer without its compression.</summary>
    public byte[] Layer(JsonNode descriptor)
    {
        using GZipStream archive = new(new MemoryStream(Blob(Digest(descriptor))), CompressionMode.Decompress);
        using MemoryStream content = new();
        archive.CopyTo(content);
        return content.ToArray();
    }

    /// <summary>Unpacks the layers with tar, as root of the new root.</summary>
    public string Unpack()
    {
        string root = Directory.CreateDirectory(Path.Combine(folder.FullName, "root")).FullName;
        foreach (JsonNode? layer in Manifest["layers"]!.AsArray())
        {
            string file = Path.Combine(folder.FullName, "layer.tar");
            System.IO.File.WriteAllBytes(file, Layer(layer!));
            using Process tar = Process.Start("tar", ["--extract", "--same-permissions", "--same-owner", "--numeric-owner", "--file", file, "--directory", root]);
            tar.WaitForExit();
            Assert.Equal(0, tar.ExitCode);
        }
        return root;
    }

    private JsonNode Json(string digest) => JsonNode.Parse(Blob(digest))!;

    public void Dispose() => folder.Delete(recursive: true);
}
