using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify;

/// <summary>
/// Longest-prefix match. The first 16 bits of an address (separate tables for IPv4 and IPv6) select an entry, which usually is the result. For
/// longer prefixes, an IPv4 entry refers to a page of 256 entries for the next eight bits, and so on. An IPv6 entry refers to sorted ranges,
/// which are searched.
/// </summary>
internal sealed class PrefixTable
{
    private const int Blocks = 1 << 16, MappedBits = 96, PageBits = 8, Page = 1 << PageBits;

    /// <summary>By block: an endpoint, or the complement of the position in <see cref="pages"/> (IPv4) or in <see cref="stretches"/> (IPv6).</summary>
    private readonly int[] v4, v6;
    private readonly int[] pages;
    private readonly List<(Address First, int Endpoint)[]> stretches;

    private PrefixTable(int[] v4, int[] pages, int[] v6, List<(Address First, int Endpoint)[]> stretches) =>
        (this.v4, this.pages, this.v6, this.stretches) = (v4, pages, v6, stretches);

    /// <summary>Of two entries for the same network, the first one wins.</summary>
    public static PrefixTable From(IEnumerable<(Prefix Prefix, int Endpoint)> entries)
    {
        (Prefix Prefix, int Endpoint)[] shortestFirst = [.. entries.DistinctBy(entry => entry.Prefix).OrderBy(entry => entry.Prefix.Length)];
        int[] blocks = new int[Blocks];
        List<int> below = [];
        foreach ((Prefix prefix, int endpoint) in shortestFirst.Where(entry => IsIPv4(entry.Prefix)))
            Fill(blocks, below, prefix.Network.IPv4, prefix.Length - MappedBits, endpoint);
        PrefixTable table = new(blocks, [.. below], new int[Blocks], []);
        table.Fill([.. shortestFirst.Where(entry => !IsIPv4(entry.Prefix))]);
        return table;
    }

    /// <summary>A copy that also has single IPv4 addresses.</summary>
    public PrefixTable With(IEnumerable<(uint IPv4, int Endpoint)> addresses)
    {
        int[] blocks = [.. v4];
        List<int> below = [.. pages];
        foreach ((uint address, int endpoint) in addresses) Fill(blocks, below, address, 32, endpoint);
        return new PrefixTable(blocks, [.. below], v6, stretches);
    }

    /// <summary>The endpoint of the longest matching prefix, or 0.</summary>
    public int Find(Address address) => address.IsIPv4 ? FindIPv4(address.IPv4) : FindIPv6(address);

    /// <summary>The same for an IPv4 address as a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int FindIPv4(uint address)
    {
        int entry = v4[address >> 16];
        if (entry < 0) entry = pages[~entry + (byte)(address >> PageBits)];
        return entry >= 0 ? entry : pages[~entry + (byte)address];
    }

    private static bool IsIPv4(Prefix prefix) => prefix.Network.IsIPv4 && prefix.Length >= MappedBits;

    private int FindIPv6(Address address)
    {
        int entry = v6[address.High >> 48];
        return entry >= 0 ? entry : FindIn(stretches[~entry], address);
    }

    /// <summary>Writes a prefix over shorter ones. A prefix longer than its block or page adds a page.</summary>
    private static void Fill(int[] blocks, List<int> below, uint network, int length, int endpoint)
    {
        Span<int> entries = blocks;
        int at = (int)(network >> 16), depth = 16;
        for (; length > depth; depth += PageBits)
        {
            if (entries[at] >= 0)
            {
                below.AddRange(Enumerable.Repeat(entries[at], Page));
                // The list may have been reallocated; blocks were not.
                if (depth > 16) entries = CollectionsMarshal.AsSpan(below);
                entries[at] = ~(below.Count - Page);
            }
            at = ~entries[at] + (byte)(network >> (32 - depth - PageBits));
            entries = CollectionsMarshal.AsSpan(below);
        }
        entries.Slice(at, 1 << (depth - length)).Fill(endpoint);
    }

    /// <summary>The last range that starts at or below the address. The first one starts at zero.</summary>
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

    private void Fill((Prefix Prefix, int Endpoint)[] shortestFirst)
    {
        const int BlockBits = 16;
        foreach ((Prefix prefix, int endpoint) in shortestFirst.Where(entry => entry.Prefix.Length <= BlockBits))
            v6.AsSpan(Block(prefix.Network), 1 << (BlockBits - prefix.Length)).Fill(endpoint);
        foreach (IGrouping<int, (Prefix Prefix, int Endpoint)> longer in shortestFirst.Where(entry => entry.Prefix.Length > BlockBits).GroupBy(entry => Block(entry.Prefix.Network)))
        {
            stretches.Add(Ranges(v6[longer.Key], longer));
            v6[longer.Key] = ~(stretches.Count - 1);
        }
    }

    /// <summary>Turns nested prefixes into adjacent ranges: each is cut out of the surrounding one.</summary>
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
            // If a prefix and the surrounding one have the same last address, no range remains behind it.
            if (after != default && (holder + 1 == ranges.Count || ranges[holder + 1].First != after)) ranges.Insert(holder + 1, (after, outer));
        }
        return [.. ranges];
    }

    /// <summary>The first address after the prefix; zero after the last address of all.</summary>
    private static Address After(Prefix prefix)
    {
        UInt128 first = new(prefix.Network.High, prefix.Network.Low);
        UInt128 after = first + (UInt128.One << (128 - prefix.Length));
        return new Address((ulong)(after >> 64), (ulong)after);
    }

    private static int Block(Address address) => (int)(address.High >> 48);

    private static bool IsAbove(Address one, Address other) => one.High > other.High || one.High == other.High && one.Low > other.Low;
}
