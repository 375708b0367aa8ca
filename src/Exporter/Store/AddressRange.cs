using System.Globalization;
using System.Net;
using System.Net.Sockets;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Store;

/// <summary>The addresses of a CIDR, both ends included; a single address is the range of itself.</summary>
internal readonly record struct AddressRange(Address First, Address Last)
{
    private const int Bits = 128;

    /// <summary>Reads "10.128.0.0/14", "fd01::/48" or an address; bits behind the prefix do not matter.</summary>
    public static bool TryParse(string text, out AddressRange range)
    {
        range = default;
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        string host = slash < 0 ? text : text[..slash];
        // IPAddress also takes zones, brackets, octal and shortened IPv4, which would search for something else than what was meant.
        if (host.AsSpan().ContainsAny("[]%") || !IPAddress.TryParse(host, out IPAddress? ip)) return false;
        bool isIPv4 = ip.AddressFamily == AddressFamily.InterNetwork;
        if (isIPv4 && ip.ToString() != host) return false;
        int width = isIPv4 ? 32 : Bits;
        int prefix = width;
        if (slash >= 0 && !int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out prefix)) return false;
        if (prefix > width) return false;

        Address address = Address.From(ip);
        int free = width - prefix;
        UInt128 behind = free == Bits ? UInt128.MaxValue : (UInt128.One << free) - 1;
        UInt128 value = new(address.High, address.Low);
        range = new AddressRange(ToAddress(value & ~behind), ToAddress(value | behind));
        return true;
    }

    private static Address ToAddress(UInt128 value) => new((ulong)(value >> 64), (ulong)value);
}
