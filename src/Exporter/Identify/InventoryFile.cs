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
        KubernetesList? list;
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 17, FileOptions.SequentialScan);
            list = JsonSerializer.Deserialize(file, KubernetesJson.Default.KubernetesList);
        }
        catch (JsonException fault)
        {
            string place = fault.LineNumber is long line ? $" at line {line + 1}" : "";
            throw new InventoryException($"inventory {path} is not the JSON of a v1 List{place} ({fault.Path ?? "no path"}); write it again with: {Command}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InventoryException($"inventory {path} can't be read: {fault.Message}");
        }
        if (list?.Kind?.EndsWith("List", StringComparison.Ordinal) != true || list.Items is null)
            throw new InventoryException($"inventory {path} is no v1 List (kind is {list?.Kind ?? "missing"}); write it with: {Command}");
        return list.Items;
    }
}
