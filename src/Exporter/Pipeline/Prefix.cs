using System.Globalization;

namespace SFlow.Exporter.Pipeline;

/// <summary>A CIDR over the 128-bit form of <see cref="Address"/>: an IPv4 prefix counts 96 bits more.</summary>
internal readonly record struct Prefix(Address Network, int Length)
{
    /// <summary>
    /// Reads "192.0.2.0/24" or "2001:db8::/32"; a bare address is a prefix of its whole length. Host bits are cleared. Zones, brackets, octal
    /// and shortened IPv4 are refused: they would mean something else than what was written.
    /// </summary>
    public static bool TryParse(string text, out Prefix prefix)
    {
        prefix = default;
        int slash = text.IndexOf('/');
        ReadOnlySpan<char> host = slash < 0 ? text : text.AsSpan(0, slash);
        if (host.ContainsAny("[]%") || !Address.TryParse(host, out Address address)) return false;
        bool isIPv4 = address.IsIPv4 && !host.Contains(':');
        if (isIPv4 && !host.SequenceEqual(address.ToString())) return false;
        int most = isIPv4 ? 32 : 128;
        int length = most;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out length) || length > most)) return false;
        int bits = length + 128 - most;
        prefix = new Prefix(Mask(address, bits), bits);
        return true;
    }

    /// <summary>Reads a comma-separated list. Returns the first invalid entry as <paramref name="wrong"/>.</summary>
    public static bool TryParseList(string text, out List<Prefix> prefixes, out string wrong)
    {
        prefixes = [];
        wrong = "";
        foreach (string entry in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!TryParse(entry, out Prefix prefix)) { wrong = entry; return false; }
            prefixes.Add(prefix);
        }
        return true;
    }

    /// <summary>Whether the network contains the address. An IPv6 network contains no IPv4 address, however short its prefix.</summary>
    public bool Contains(Address address) => address.IsIPv4 == Network.IsIPv4 && Mask(address, Length) == Network;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Network}/{(Network.IsIPv4 && Length >= 96 ? Length - 96 : Length)}");

    /// <summary>The last address of the network.</summary>
    public Address Last
    {
        get
        {
            Address kept = Mask(new Address(ulong.MaxValue, ulong.MaxValue), Length);
            return new Address(Network.High | ~kept.High, Network.Low | ~kept.Low);
        }
    }

    /// <summary>The address <paramref name="offset"/> after the first one of the network.</summary>
    public Address At(ulong offset) => new(Network.High, Network.Low + offset);

    public static Address Mask(Address address, int bits)
    {
        ulong high = bits >= 64 ? ulong.MaxValue : bits == 0 ? 0 : ulong.MaxValue << (64 - bits);
        ulong low = bits >= 128 ? ulong.MaxValue : bits <= 64 ? 0 : ulong.MaxValue << (128 - bits);
        return new Address(address.High & high, address.Low & low);
    }
}
