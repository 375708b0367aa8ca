using System.Text;
using System.Text.Json;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify;

/// <summary>An unusable inventory. The message names the file and what is expected.</summary>
internal sealed class InventoryException(string message) : Exception(message);

/// <summary>Reads the output of `kubectl get ... -A -o json` from a file, which may contain several lists.</summary>
internal static class InventoryFile
{
    public const string Command = "kubectl get nodes,namespaces,replicasets,jobs,pods,services,endpointslices -A -o json";

    /// <summary>Maximum bytes: larger than the inventory of any cluster.</summary>
    private const long Longest = 16L << 30;

    /// <summary>Byte order marks, longer ones before their prefixes.</summary>
    private static readonly (byte[] Mark, Encoding Encoding)[] marks =
    [
        ([0xFF, 0xFE, 0, 0], new UTF32Encoding(bigEndian: false, byteOrderMark: true)),
        ([0, 0, 0xFE, 0xFF], new UTF32Encoding(bigEndian: true, byteOrderMark: true)),
        ([0xEF, 0xBB, 0xBF], Encoding.UTF8),
        ([0xFF, 0xFE], Encoding.Unicode),
        ([0xFE, 0xFF], Encoding.BigEndianUnicode),
    ];

    /// <exception cref="InventoryException">The file is missing, is not a regular file, is not JSON, or has no v1 List.</exception>
    public static Inventory Read(string path)
    {
        try
        {
            using FileStream file = RegularFile.Open(path, Longest);
            return Read(file, path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InventoryException($"inventory {path} can't be read: {fault.Message}");
        }
    }

    /// <param name="stream">JSON in UTF-8, or in UTF-16 or UTF-32 with a byte order mark.</param>
    /// <param name="name">Name for messages.</param>
    /// <exception cref="InventoryException">It is not JSON, or has no v1 List.</exception>
    public static Inventory Read(Stream stream, string name)
    {
        InventoryBuilder builder = new();
        using Stream text = Decoded(stream, name);
        bool any = false;
        try
        {
            foreach (InventoryList? list in JsonSerializer.DeserializeAsyncEnumerable(text, KubernetesJson.Default.InventoryList, topLevelValues: true).ToBlockingEnumerable())
            {
                any = true;
                if (builder.Add(list) is { } wrong) throw new InventoryException($"inventory {name} is {wrong}; write it with: {Command}");
            }
        }
        catch (JsonException fault)
        {
            string place = fault.LineNumber is long line ? $" at line {line + 1}" : "";
            throw new InventoryException($"inventory {name} is not the JSON of a v1 List{place} ({fault.Path ?? "no path"}); write it again with: {Command}");
        }
        if (!any) throw new InventoryException($"inventory {name} is empty: nothing at line 1; write it again with: {Command}");
        if (builder.Fault() is { } fault2) throw new InventoryException($"inventory {name} holds {fault2}; write it again with: {Command}");
        return builder.Build();
    }

    /// <summary>The text in UTF-8, without its byte order mark.</summary>
    private static Stream Decoded(Stream stream, string name)
    {
        byte[] head = new byte[4];
        int length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        ReadOnlySpan<byte> begin = head.AsSpan(0, length);
        if (begin.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B])) throw new InventoryException($"inventory {name} is packed by gzip; unpack it first");
        if (begin.StartsWith("---"u8) || begin.StartsWith("api"u8) || begin.StartsWith("ite"u8) || begin.StartsWith("kin"u8))
            throw new InventoryException($"inventory {name} looks like YAML; write it as JSON with: {Command}");
        foreach ((byte[] mark, Encoding encoding) in marks)
        {
            if (!begin.StartsWith(mark)) continue;
            Stream rest = new JoinedStream(head.AsMemory(mark.Length, length - mark.Length), stream);
            return encoding is UTF8Encoding ? rest : Encoding.CreateTranscodingStream(rest, encoding, Encoding.UTF8);
        }
        return new JoinedStream(head.AsMemory(0, length), stream);
    }
}
