namespace SFlow.Internals;

/// <summary>Text of addresses in UTF-8 without an <see cref="System.Net.IPAddress"/>, which would be an allocation for each address that is written.</summary>
internal static class AddressText
{
    /// <summary>Longest text that is written here.</summary>
    private const int Longest = 39;

    private const int Groups = 8;

    /// <summary>Whether the address has no IPv4 address inside, which the base class library writes with dots, or is one.</summary>
    public static bool CanFormat(Address address) => address.IsIPv4 || address.High != 0 && address.Low >> 32 is not (0x0000_5EFE or 0x0200_5EFE);

    public static bool TryFormat(Address address, Span<byte> destination, out int written)
    {
        Span<byte> text = destination.Length >= Longest ? destination : stackalloc byte[Longest];
        written = address.IsIPv4 ? FormatIPv4(address.IPv4, text) : FormatIPv6(address, text);
        if (text[..written].TryCopyTo(destination)) return true;
        written = 0;
        return false;
    }

    private static int FormatIPv4(uint address, Span<byte> text)
    {
        int at = 0;
        for (int shift = 24; shift >= 0; shift -= 8)
        {
            uint octet = address >> shift & 0xFF;
            if (octet >= 100) text[at++] = (byte)('0' + octet / 100);
            if (octet >= 10) text[at++] = (byte)('0' + octet / 10 % 10);
            text[at++] = (byte)('0' + octet % 10);
            if (shift > 0) text[at++] = (byte)'.';
        }
        return at;
    }

    /// <summary>RFC 5952: lower case, no leading zeros, the first of the longest runs of zero groups as two colons.</summary>
    private static int FormatIPv6(Address address, Span<byte> text)
    {
        (int first, int end) = LongestZeros(address);
        int at = 0;
        for (int group = 0; group < Groups; group++)
        {
            if (group == first)
            {
                text[at++] = (byte)':';
                if (end == Groups) text[at++] = (byte)':';
                group = end - 1;
                continue;
            }
            if (group > 0) text[at++] = (byte)':';
            at += FormatGroup(GroupOf(address, group), text[at..]);
        }
        return at;
    }

    private static int FormatGroup(uint group, Span<byte> text)
    {
        ReadOnlySpan<byte> digits = "0123456789abcdef"u8;
        int at = 0;
        for (int shift = 12; shift >= 0; shift -= 4)
            if (shift == 0 || group >> shift != 0) text[at++] = digits[(int)(group >> shift & 15)];
        return at;
    }

    /// <summary>First group of the run and the one after its end; a single zero group is no run.</summary>
    private static (int First, int End) LongestZeros(Address address)
    {
        (int First, int End) longest = (-1, -1);
        for (int group = 0, start = 0; group < Groups; group++)
        {
            if (GroupOf(address, group) != 0) start = group + 1;
            else if (group - start >= 1 && group + 1 - start > longest.End - longest.First) longest = (start, group + 1);
        }
        return longest;
    }

    private static uint GroupOf(Address address, int group) => (uint)((group < 4 ? address.High : address.Low) >> (48 - group % 4 * 16)) & 0xFFFF;
}
