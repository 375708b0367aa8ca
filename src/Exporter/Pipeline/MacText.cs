using System.Globalization;

namespace SFlow.Exporter.Pipeline;

/// <summary>A MAC address as RFC 7042 and ECS write it: upper case, with hyphens.</summary>
internal static class MacText
{
    /// <summary>Length in characters or bytes.</summary>
    public const int Length = 17;

    public static string Of(ulong mac) => string.Create(Length, mac, static (text, mac) =>
    {
        text.Fill('-');
        for (int i = 0; i < 6; i++) ((byte)(mac >> (40 - 8 * i))).TryFormat(text[(3 * i)..], out _, "X2", CultureInfo.InvariantCulture);
    });

    /// <summary>The same in UTF-8.</summary>
    public static ReadOnlySpan<byte> Of(ulong mac, Span<byte> text)
    {
        text = text[..Length];
        text.Fill((byte)'-');
        for (int i = 0; i < 6; i++) ((byte)(mac >> (40 - 8 * i))).TryFormat(text[(3 * i)..], out _, "X2", CultureInfo.InvariantCulture);
        return text;
    }
}
