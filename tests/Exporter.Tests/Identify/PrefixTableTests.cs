using SFlow.Exporter.Identify;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Identify;

/// <summary>The table against the definition: of all prefixes that hold an address the longest, one after the other.</summary>
public sealed class PrefixTableTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_longest_prefix_holds_and_a_single_address_takes_precedence(int seed)
    {
        Random random = new(seed);
        (Prefix Prefix, int Endpoint)[] prefixes = [.. Enumerable.Range(1, 300).Select(endpoint => (RandomPrefix(random), endpoint)).DistinctBy(entry => entry.Item1)];
        Dictionary<uint, int> single = Enumerable.Range(1_000, 400).Select(endpoint => (RandomIPv4(random), endpoint)).DistinctBy(entry => entry.Item1).ToDictionary();
        PrefixTable table = PrefixTable.From(prefixes), whole = table.With(single.Select(entry => (entry.Key, entry.Value)));
        long compared = 0;
        foreach (Address address in Addresses(random, prefixes, single.Keys))
        {
            int expected = prefixes.Where(entry => entry.Prefix.Contains(address)).OrderByDescending(entry => entry.Prefix.Length).Select(entry => entry.Endpoint).FirstOrDefault();
            Assert.Equal(expected, table.Find(address));
            Assert.Equal(address.IsIPv4 && single.TryGetValue(address.IPv4, out int own) ? own : expected, whole.Find(address));
            compared += 2;
        }
        output.WriteLine($"{compared:N0} look-ups compared");
        Assert.True(compared > 10_000);
    }

    [Fact]
    public void Of_two_entries_for_one_network_the_first_holds()
    {
        Assert.True(Prefix.TryParse("10.128.0.0/23", out Prefix prefix));
        Assert.True(Address.TryParse("10.128.1.7", out Address address));
        Assert.Equal(4, PrefixTable.From([(prefix, 4), (prefix, 5)]).Find(address));
    }

    /// <summary>Networks that lie in each other: few first bytes, any length.</summary>
    private static Prefix RandomPrefix(Random random)
    {
        if (random.Next(3) > 0)
        {
            int length = random.Next(0, 33) + 96;
            return new Prefix(Prefix.Mask(Address.FromIPv4(RandomIPv4(random)), length), length);
        }
        int bits = random.Next(1, 129);
        return new Prefix(Prefix.Mask(RandomIPv6(random), bits), bits);
    }

    private static uint RandomIPv4(Random random) => (uint)(10 << 24 | random.Next(126, 130) << 16 | random.Next(4) << 8 | random.Next(256));

    private static Address RandomIPv6(Random random) => new(0xFD01_0000_0000_0000 | (ulong)random.Next(3) << 48 | (uint)random.Next(4), (ulong)random.NextInt64());

    /// <summary>Both ends of each network, what lies beside them, single addresses, and any.</summary>
    private static IEnumerable<Address> Addresses(Random random, (Prefix Prefix, int Endpoint)[] prefixes, IEnumerable<uint> single)
    {
        foreach ((Prefix prefix, _) in prefixes)
        {
            UInt128 first = new(prefix.Network.High, prefix.Network.Low), last = first | (prefix.Length == 128 ? 0 : UInt128.MaxValue >> prefix.Length);
            foreach (UInt128 bits in (UInt128[])[first, last, first - 1, last + 1]) yield return new Address((ulong)(bits >> 64), (ulong)bits);
        }
        foreach (uint address in single) yield return Address.FromIPv4(address);
        for (int at = 0; at < 4_000; at++) yield return random.Next(3) > 0 ? Address.FromIPv4(RandomIPv4(random)) : RandomIPv6(random);
    }
}
