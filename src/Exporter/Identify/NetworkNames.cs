using System.Runtime.InteropServices;
using SFlow.Exporter.Identify.Resources;

namespace SFlow.Exporter.Identify;

/// <summary>
/// OVN-Kubernetes' name of each network. Pods name a network by the key of its NetworkAttachmentDefinition (namespace/name), nodes by the name itself; the definition
/// has both. Where it can't be read, the rule by which OVN-Kubernetes makes the name is tried on the names that nodes know.
/// </summary>
internal sealed class NetworkNames
{
    /// <summary>Tunnel id of the default network's switch between nodes; the number of any other network is added to it.</summary>
    private const uint FirstTunnelId = 16_711_683;

    /// <summary>By key of a NetworkAttachmentDefinition.</summary>
    private readonly Dictionary<string, string> byKey = new(StringComparer.Ordinal);

    /// <summary>Names that nodes or definitions know, with the count of those that do.</summary>
    private readonly Dictionary<string, int> known = new(StringComparer.Ordinal);
    private bool changed;

    public static uint TunnelId(uint number) => FirstTunnelId + number;

    /// <summary>The name that the network of a UserDefinedNetwork gets.</summary>
    public static string OfUserDefined(ObjectKey key) => $"{key.Namespace}_{key.Name}";

    /// <summary>The name that the network of a ClusterUserDefinedNetwork gets.</summary>
    public static string OfClusterWide(string name) => $"cluster_udn_{name}";

    /// <summary>The name behind a key of annotation <c>k8s.ovn.org/pod-networks</c>; the key itself where nothing tells more.</summary>
    public string Of(string key)
    {
        string[] parts = key.Split('/');
        if (parts.Length < 2) return key;
        // A pod that is attached to one network twice has a number behind the second key.
        string definition = $"{parts[0]}/{parts[1]}";
        if (byKey.TryGetValue(definition, out string? name)) return name;
        foreach (string made in (string[])[OfUserDefined(new(parts[0], parts[1])), OfClusterWide(parts[1]), $"{parts[0]}.{parts[1]}", $"cluster.udn.{parts[1]}"])
            if (known.ContainsKey(made)) return made;
        return definition;
    }

    /// <summary>A node or definition knows a name, or (<paramref name="by"/> below 0) no longer does.</summary>
    public void Know(string? name, int by)
    {
        if (name is null) return;
        ref int count = ref CollectionsMarshal.GetValueRefOrAddDefault(known, name, out bool there);
        count += by;
        changed |= !there || count == 0;
        if (count == 0) known.Remove(name);
    }

    public void Define(string key, string name)
    {
        changed |= byKey.GetValueOrDefault(key) != name;
        byKey[key] = name;
    }

    public void Forget(string key) => changed |= byKey.Remove(key);

    /// <summary>Whether a key may have another name than when this was last asked.</summary>
    public bool TakeChanged()
    {
        bool taken = changed;
        changed = false;
        return taken;
    }
}
