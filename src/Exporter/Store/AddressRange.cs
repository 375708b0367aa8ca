using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Store;

/// <summary>The addresses of a CIDR, from first to last; a single address is the range of itself.</summary>
internal readonly record struct AddressRange(Address First, Address Last)
{
    /// <summary>Reads "10.128.0.0/14", "fd01::/48" or an address; bits behind the prefix do not matter.</summary>
    public static bool TryParse(string text, out AddressRange range)
    {
        bool parsed = Prefix.TryParse(text, out Prefix prefix);
        range = parsed ? new AddressRange(prefix.Network, prefix.Last) : default;
        return parsed;
    }
}
