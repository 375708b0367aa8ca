using System.Runtime.InteropServices;
using SFlow.Exporter.Identify.Resources;

namespace SFlow.Exporter.Identify;

/// <summary>
/// OVN-Kubernetes' name of each network. Pods refer to a network by the key of its NetworkAttachmentDefinition (namespace/name), nodes by the
/// name itself. The definition has both. Without it, OVN-Kubernetes' naming rule is applied to the names that nodes have.
/// </summary>
internal sealed class NetworkNames
{
    /// <summary>Tunnel id of the default network's switch between nodes. The tunnel id of another network is this plus its number.</summary>
    private const uint FirstTunnelId = 16_711_683;

    /// <summary>By key of a NetworkAttachmentDefinition.</summary>
    private readonly Dictionary<string, string> byKey = new(StringComparer.Ordinal);

    /// <summary>Names in nodes or definitions, with their number of occurrences.</summary>
    private readonly Dictionary<string, int> known = new(StringComparer.Ordinal);
    private bool changed;

    public static uint TunnelId(uint number) => FirstTunnelId + number;

    /// <summary>The name of the network of a UserDefinedNetwork.</summary>
    public static string OfUserDefined(ObjectKey key) => $"{key.Namespace}_{key.Name}";

    /// <summary>The name of the network of a ClusterUserDefinedNetwork.</summary>
    public static string OfClusterWide(string name) => $"cluster_udn_{name}";

    /// <summary>The name for a key of annotation <c>k8s.ovn.org/pod-networks</c>; the key itself if the name is unknown.</summary>
    public string Of(string key)
    {
        string[] parts = key.Split('/');
        if (parts.Length < 2) return key;
        // The second attachment of a pod to one network has a number after the key.
        string definition = $"{parts[0]}/{parts[1]}";
        if (byKey.TryGetValue(definition, out string? name)) return name;
        foreach (string made in (string[])[OfUserDefined(new(parts[0], parts[1])), OfClusterWide(parts[1]), $"{parts[0]}.{parts[1]}", $"cluster.udn.{parts[1]}"])
            if (known.ContainsKey(made)) return made;
        return definition;
    }

    /// <summary>A node or definition has a name, or (<paramref name="by"/> below 0) no longer has it.</summary>
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

    /// <summary>Whether the name of a key may have changed since the last call.</summary>
    public bool TakeChanged()
    {
        bool taken = changed;
        changed = false;
        return taken;
    }
}
