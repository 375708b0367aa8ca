using System.Globalization;
using System.Text.Json;

namespace SFlow.Exporter.Pipeline;

/// <summary>How fields of a record are spelt, wherever people read them: API, documents, tables.</summary>
internal static class RecordWords
{
    /// <summary>Names of the TCP flags by bit, lowest first (RFC 9293, section 3.1).</summary>
    public static readonly string[] TcpFlags = ["FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"];

    /// <summary>Length of a MAC address as text.</summary>
    public const int MacLength = 17;

    /// <summary>The member's name in snake_case; null for the first member, which stands for "nothing to say" in the enums of a record.</summary>
    public static string? Of<T>(T member) where T : struct, Enum =>
        EqualityComparer<T>.Default.Equals(member, default) ? null : JsonNamingPolicy.SnakeCaseLower.ConvertName(member.ToString());

    /// <summary>A MAC address as RFC 7042 and ECS write it: upper case, with hyphens.</summary>
    public static string Mac(ulong mac) => string.Create(MacLength, mac, static (text, mac) =>
    {
        text.Fill('-');
        for (int i = 0; i < 6; i++) ((byte)(mac >> (40 - 8 * i))).TryFormat(text[(3 * i)..], out _, "X2", CultureInfo.InvariantCulture);
    });

    /// <summary>The same as <see cref="Mac(ulong)"/>, in UTF-8.</summary>
    public static ReadOnlySpan<byte> Mac(ulong mac, Span<byte> text)
    {
        text = text[..MacLength];
        text.Fill((byte)'-');
        for (int i = 0; i < 6; i++) ((byte)(mac >> (40 - 8 * i))).TryFormat(text[(3 * i)..], out _, "X2", CultureInfo.InvariantCulture);
        return text;
    }
}
