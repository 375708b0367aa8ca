using System.Text;

namespace SFlow.Exporter.Pipeline;

/// <summary>The text of a MAC address, which is in the low 48 bits of a number.</summary>
internal static class MacText
{
    /// <summary>Length in characters or bytes.</summary>
    public const int Length = 17;

    /// <summary>Upper case with hyphens, as RFC 7042 and ECS write it.</summary>
    public static string Of(ulong mac) => Encoding.ASCII.GetString(Of(mac, stackalloc byte[Length]));

    /// <summary>The same in UTF-8.</summary>
    public static ReadOnlySpan<byte> Of(ulong mac, Span<byte> text) => Write(mac, text, (byte)'-', "0123456789ABCDEF"u8);

    /// <summary>Lower case with colons, as <c>ip link</c> and most tools write it, in UTF-8.</summary>
    public static ReadOnlySpan<byte> WithColons(ulong mac, Span<byte> text) => Write(mac, text, (byte)':', "0123456789abcdef"u8);

    private static ReadOnlySpan<byte> Write(ulong mac, Span<byte> text, byte separator, ReadOnlySpan<byte> digits)
    {
        text = text[..Length];
        text.Fill(separator);
        for (int i = 0; i < 6; i++)
        {
            int value = (byte)(mac >> (40 - 8 * i));
            text[3 * i] = digits[value >> 4];
            text[3 * i + 1] = digits[value & 15];
        }
        return text;
    }
}
