using System.IO.Compression;
using System.Text.Json;
using SFlow.Captures;

namespace SFlow.Tests;

/// <summary>One capture of the corpus with what two other decoders say of it.</summary>
public sealed record CorpusCapture(string Name, string Path, IReadOnlyList<byte[]> Payloads, JsonElement Truth);

/// <summary>The corpus of real captures in the shared folder; tests that use it skip where it is absent.</summary>
public static class Corpus
{
    /// <summary>All captures, by name.</summary>
    public static IReadOnlyList<CorpusCapture> Captures()
    {
        string folder = SharedFolder.Require("corpus");
        return [.. Directory.GetFiles(System.IO.Path.Combine(folder, "pcap"), "*.pcap").Order(StringComparer.Ordinal).Select(path => Load(folder, path))];
    }

    /// <summary>The UDP payloads of a capture file.</summary>
    public static IReadOnlyList<byte[]> Payloads(string path)
    {
        List<byte[]> payloads = [];
        using CaptureReader reader = new(File.OpenRead(path));
        while (reader.TryRead(out CapturedDatagram datagram)) payloads.Add(datagram.Payload.ToArray());
        Assert.Equal(CaptureStatus.Ok, reader.Status);
        return payloads;
    }

    private static CorpusCapture Load(string folder, string path)
    {
        string name = System.IO.Path.GetFileNameWithoutExtension(path);
        using GZipStream unzipped = new(File.OpenRead(System.IO.Path.Combine(folder, "truth", name + ".truth.json.gz")), CompressionMode.Decompress);
        using JsonDocument truth = JsonDocument.Parse(unzipped);
        return new CorpusCapture(name, path, Payloads(path), truth.RootElement.Clone());
    }
}
