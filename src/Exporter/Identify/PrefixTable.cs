using System.Runtime.CompilerServices;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify;

/// <summary>
/// Longest prefix wins. An address's first 16 bits (IPv4 and IPv6 apart) choose an entry that mostly is the answer; where longer
/// prefixes lie below it, it names a stretch of the sorted ranges instead, of which the one that holds the address is searched.
/// </summary>
internal sealed class PrefixTable
{
    private const int Blocks = 1 << 16, MappedBits = 96;

    /// <summary>By block: an endpoint, or the complement of the position in <see cref="stretches"/>.</summary>
    private readonly int[] v4 = new int[Blocks], v6 = new int[Blocks];
    private readonly List<(Address First, int Endpoint)[]> stretches = [];

    /// <summary>Where two entries name the same network, the first one holds.</summary>
    public static PrefixTable From(IEnumerable<(Prefix Prefix, int Endpoint)> entries)
    {
        PrefixTable table = new();
        (Prefix Prefix, int Endpoint)[] shortestFirst = [.. entries.DistinctBy(entry => entry.Prefix).OrderBy(entry => entry.Prefix.Length)];
        table.Fill(table.v4, [.. shortestFirst.Where(entry => IsIPv4(entry.Prefix))], MappedBits);
        table.Fill(table.v6, [.. shortestFirst.Where(entry => !IsIPv4(entry.Prefix))], 0);
        return table;
    }

    /// <summary>The endpoint of the longest prefix that holds the address, or 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(Address address)
    {
        int entry = address.IsIPv4 ? v4[address.IPv4 >> 16] : v6[address.High >> 48];
        return entry >= 0 ? entry : FindIn(stretches[~entry], address);
    }

    private static bool IsIPv4(Prefix prefix) => prefix.Network.IsIPv4 && prefix.Length >= MappedBits;

    /// <summary>The last range that begins at or below the address; the first one begins at zero.</summary>
    private static int FindIn((Address First, int Endpoint)[] ranges, Address address)
    {
        int low = 0, high = ranges.Length - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (IsAbove(ranges[middle].First, address)) high = middle - 1;
            else low = middle;
        }
        return ranges[low].Endpoint;
    }

    private void Fill(int[] blocks, (Prefix Prefix, int Endpoint)[] shortestFirst, int familyBits)
    {
        int blockBits = familyBits + 16;
        foreach ((Prefix prefix, int endpoint) in shortestFirst.Where(entry => entry.Prefix.Length <= blockBits))
            blocks.AsSpan(Block(prefix.Network), 1 << (blockBits - prefix.Length)).Fill(endpoint);
        foreach (IGrouping<int, (Prefix Prefix, int Endpoint)> longer in shortestFirst.Where(entry => entry.Prefix.Length > blockBits).GroupBy(entry => Block(entry.Prefix.Network)))
        {
            stretches.Add(Ranges(blocks[longer.Key], longer));
            blocks[longer.Key] = ~(stretches.Count - 1);
        }
    }

    /// <summary>Turns nested prefixes into ranges side by side: each is cut out of the one that holds it.</summary>
    private static (Address First, int Endpoint)[] Ranges(int around, IEnumerable<(Prefix Prefix, int Endpoint)> shortestFirst)
    {
        List<(Address First, int Endpoint)> ranges = [(default, around)];
        foreach ((Prefix prefix, int endpoint) in shortestFirst)
        {
            int holder = ranges.FindLastIndex(range => !IsAbove(range.First, prefix.Network));
            int outer = ranges[holder].Endpoint;
            bool startsThere = ranges[holder].First == prefix.Network;
            if (startsThere) ranges[holder] = (prefix.Network, endpoint);
            else ranges.Insert(++holder, (prefix.Network, endpoint));
            Address after = After(prefix);
            // A prefix that ends where its holder ends leaves nothing of it behind.
            if (after != default && (holder + 1 == ranges.Count || ranges[holder + 1].First != after)) ranges.Insert(holder + 1, (after, outer));
        }
        return [.. ranges];
    }

    /// <summary>The first address behind the prefix; zero behind the last of all.</summary>
    private static Address After(Prefix prefix)
    {
        UInt128 first = new(prefix.Network.High, prefix.Network.Low);
        UInt128 after = first + (UInt128.One << (128 - prefix.Length));
        return new Address((ulong)(after >> 64), (ulong)after);
    }

    private static int Block(Address address) => (int)(address.IsIPv4 ? address.IPv4 >> 16 : address.High >> 48);

    private static bool IsAbove(Address one, Address other) => one.High > other.High || one.High == other.High && one.Low > other.Low;
}
