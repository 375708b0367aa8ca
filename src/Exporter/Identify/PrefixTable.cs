using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify;

/// <summary>Longest prefix wins: one dictionary a prefix length, the longest asked first.</summary>
internal sealed class PrefixTable
{
    private readonly (int Length, Dictionary<Address, int> Networks)[] lengths;

    private PrefixTable((int, Dictionary<Address, int>)[] lengths) => this.lengths = lengths;

    /// <summary>Where two entries name the same network, the first one holds.</summary>
    public static PrefixTable From(IEnumerable<(Prefix Prefix, int Endpoint)> entries)
    {
        SortedDictionary<int, Dictionary<Address, int>> byLength = [];
        foreach ((Prefix prefix, int endpoint) in entries)
        {
            if (!byLength.TryGetValue(-prefix.Length, out Dictionary<Address, int>? networks)) byLength.Add(-prefix.Length, networks = []);
            networks.TryAdd(prefix.Network, endpoint);
        }
        return new PrefixTable([.. byLength.Select(pair => (-pair.Key, pair.Value))]);
    }

    /// <summary>The endpoint of the longest prefix that holds the address, or 0.</summary>
    public int Find(Address address)
    {
        foreach ((int length, Dictionary<Address, int> networks) in lengths)
            if (networks.TryGetValue(Prefix.Mask(address, length), out int endpoint)) return endpoint;
        return 0;
    }
}
