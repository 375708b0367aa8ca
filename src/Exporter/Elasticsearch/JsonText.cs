using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;

namespace SFlow.Exporter.Elasticsearch;

/// <summary>Values that JSON has as text, written without a string in between.</summary>
internal static class JsonText
{
    /// <summary>Longest text of an address.</summary>
    public const int AddressLength = 65;

    public static ReadOnlySpan<byte> Format(Address address, Span<byte> text)
    {
        address.TryFormat(text, out int written, default, CultureInfo.InvariantCulture);
        return text[..written];
    }

    public static void WriteAddress(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, Address address) =>
        writer.WriteString(name, Format(address, stackalloc byte[AddressLength]));

    /// <summary>A number that ECS keeps as keyword.</summary>
    public static void WriteNumberText(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, uint number)
    {
        Span<byte> text = stackalloc byte[10];
        Utf8Formatter.TryFormat(number, text, out int written);
        writer.WriteString(name, text[..written]);
    }
}
