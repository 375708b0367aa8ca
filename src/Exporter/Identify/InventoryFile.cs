using System.Text.Json;

namespace SFlow.Exporter.Identify;

/// <summary>An inventory that can't be used; the message names the file and what would be right.</summary>
internal sealed class InventoryException(string message) : Exception(message);

/// <summary>Reads the file that `kubectl get ... -A -o json` printed.</summary>
internal static class InventoryFile
{
    private const string Command = "kubectl get nodes,namespaces,replicasets,jobs,pods,services,endpointslices -A -o json";

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
            list = JsonSerializer.Deserialize(stream, KubernetesJson.Default.KubernetesList);
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
}
