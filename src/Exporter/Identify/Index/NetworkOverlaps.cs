using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify.Index;

/// <summary>A subnet of a network, with the endpoint for unclaimed addresses in it.</summary>
internal readonly record struct NetworkEntry(Prefix Prefix, string? Network, int Endpoint);

/// <summary>
/// Subnets of different networks may overlap. Within one network the longest prefix wins. An address in prefixes of several networks is shared
/// by the endpoints of these networks.
/// </summary>
internal static class NetworkOverlaps
{
    public static IReadOnlyList<(Prefix Prefix, int Endpoint)> Resolve(IEnumerable<NetworkEntry> entries, Func<IReadOnlyCollection<int>, int> share)
    {
        NetworkEntry[] sorted = [.. entries];
        Array.Sort(sorted, Compare);
        List<NetworkEntry> around = [];
        List<(Prefix, int)> resolved = [];
        Dictionary<string, int> byNetwork = new(StringComparer.Ordinal);
        for (int at = 0; at < sorted.Length;)
        {
            Prefix prefix = sorted[at].Prefix;
            while (around.Count > 0 && !(around[^1].Prefix.Length <= prefix.Length && around[^1].Prefix.Contains(prefix.Network))) around.RemoveAt(around.Count - 1);
            HashSet<int> here = [];
            HashSet<string> networks = new(StringComparer.Ordinal);
            for (; at < sorted.Length && sorted[at].Prefix == prefix; at++)
            {
                around.Add(sorted[at]);
                here.Add(sorted[at].Endpoint);
                networks.Add(sorted[at].Network ?? "");
            }
            // Starts with the longest surrounding prefix: shorter prefixes of the same network add nothing.
            byNetwork.Clear();
            for (int outer = around.Count - 1; outer >= 0; outer--)
                if (!networks.Contains(around[outer].Network ?? "")) byNetwork.TryAdd(around[outer].Network ?? "", around[outer].Endpoint);
            here.UnionWith(byNetwork.Values);
            resolved.Add((prefix, share(here)));
        }
        return resolved;
    }

    /// <summary>By first address, then shorter prefix first, so surrounding prefixes come first. The rest makes the order deterministic.</summary>
    private static int Compare(NetworkEntry left, NetworkEntry right)
    {
        int order = new UInt128(left.Prefix.Network.High, left.Prefix.Network.Low).CompareTo(new UInt128(right.Prefix.Network.High, right.Prefix.Network.Low));
        if (order == 0) order = left.Prefix.Length.CompareTo(right.Prefix.Length);
        return order != 0 ? order : left.Endpoint.CompareTo(right.Endpoint);
    }
}
