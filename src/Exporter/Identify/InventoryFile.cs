using System.Text.Json;

namespace SFlow.Exporter.Identify;

/// <summary>An inventory that can't be used; the message names the file and what would be right.</summary>
internal sealed class InventoryException(string message) : Exception(message);

/// <summary>Reads the file that `kubectl get ... -A -o json` printed.</summary>
internal static class InventoryFile
{
    private const string Command = "kubectl get nodes,namespaces,replicasets,jobs,pods,services,endpointslices -A -o json";

    /// <summary>Files up to this are read in one go, which is faster; larger ones piece by piece, which takes no memory of their size.</summary>
    private const long AtOnce = 64 << 20;

    /// <exception cref="InventoryException">The file is missing, no JSON, or no v1 List.</exception>
    public static IReadOnlyList<KubernetesObject> Read(string path)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 17, FileOptions.SequentialScan);
            return Read(file, path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InventoryException($"inventory {path} can't be read: {fault.Message}");
        }
    }

    /// <param name="stream">The JSON.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <exception cref="InventoryException">It is no JSON, or no v1 List.</exception>
    public static IReadOnlyList<KubernetesObject> Read(Stream stream, string name)
    {
        KubernetesList? list;
        try
        {
            list = stream.CanSeek && stream.Length is > 0 and <= AtOnce ? ReadWhole(stream) : JsonSerializer.Deserialize(stream, KubernetesJson.Default.KubernetesList);
        }
        catch (JsonException fault)
        {
            string place = fault.LineNumber is long line ? $" at line {line + 1}" : "";
            throw new InventoryException($"inventory {name} is not the JSON of a v1 List{place} ({fault.Path ?? "no path"}); write it again with: {Command}");
        }
        if (list?.Kind?.EndsWith("List", StringComparison.Ordinal) != true || list.Items is null)
            throw new InventoryException($"inventory {name} is no v1 List (kind is {list?.Kind ?? "missing"}); write it with: {Command}");
        return list.Items;
    }
    private static KubernetesList? ReadWhole(Stream stream)
    {
        byte[] bytes = new byte[stream.Length];
        int length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        ReadOnlySpan<byte> json = bytes.AsSpan(0, length);
        return JsonSerializer.Deserialize(json.StartsWith("\uFEFF"u8) ? json[3..] : json, KubernetesJson.Default.KubernetesList);
    }
}
