namespace SFlow.Exporter.Identify;

/// <summary>The content of an inventory.</summary>
/// <param name="Objects">All objects of any kind.</param>
/// <param name="Skipped">Number of entries that are not Kubernetes objects.</param>
/// <param name="FirstFault">The first of these with the reason; null if there is none.</param>
internal sealed record Inventory(IReadOnlyList<KubernetesObject> Objects, int Skipped, string? FirstFault)
{
    public static Inventory Empty { get; } = new([], 0, null);
}

/// <summary>Collects an inventory from the lists of a file.</summary>
internal sealed class InventoryBuilder
{
    private const string List = "List";

    /// <summary>Kinds that names come from.</summary>
    private static readonly HashSet<string> useful = new(StringComparer.Ordinal)
    {
        "Node", "Namespace", "ReplicaSet", "Job", "Pod", "Service", "EndpointSlice", "NetworkAttachmentDefinition", "UserDefinedNetwork", "ClusterUserDefinedNetwork",
    };

    private readonly List<KubernetesObject> objects = [];
    private readonly SortedDictionary<string, int> others = new(StringComparer.Ordinal);
    private int entries, skipped;
    private string? firstFault;

    /// <summary>Adds a list. Its entries may omit their kind, which the kind of the list implies: a PodList has pods.</summary>
    /// <returns>The error of the list as a whole, or null.</returns>
    public string? Add(InventoryList? list)
    {
        if (list?.Kind?.EndsWith(List, StringComparison.Ordinal) != true || list.Items is null) return $"no v1 List (kind is {list?.Kind ?? "missing"})";
        string kind = list.Kind[..^List.Length];
        for (int place = 0; place < list.Items.Count; place++)
        {
            entries++;
            (KubernetesObject? item, string? fault) = list.Items[place];
            if (item is not null && string.IsNullOrEmpty(item.Kind)) item.Kind = kind;
            if (item is null || item.Kind!.Length == 0)
            {
                skipped++;
                firstFault ??= $"entry {place + 1} of {list.Kind}: {fault ?? "it has no kind"}";
            }
            else if (useful.Contains(item.Kind)) objects.Add(item);
            else others[item.Kind] = others.GetValueOrDefault(item.Kind) + 1;
        }
        return null;
    }

    /// <summary>The error of the whole inventory, or null. A file without any object is a mistake, not an empty cluster.</summary>
    public string? Fault() => entries == 0 || objects.Count > 0 ? null
        : others.Count > 0 ? $"none of the kinds that names come from; it has {string.Join(", ", others.Select(kind => $"{kind.Value} {kind.Key}"))}"
        : $"no object that can be read ({firstFault})";

    public Inventory Build() => new(objects, skipped, firstFault);
}
