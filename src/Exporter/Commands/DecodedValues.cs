using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Commands;

/// <summary>Values of the wire in the forms that <c>decode</c> prints. Text is escaped by the writer; bytes that are no UTF-8 are replaced.</summary>
internal static class DecodedValues
{
    public static void WriteTag(this Utf8JsonWriter json, in Structure structure)
    {
        Span<byte> text = stackalloc byte[24];
        structure.Format.TryFormat(text, out int length, default, null);
        json.WriteString("tag"u8, text[..length]);
        json.WriteNumber("length"u8, structure.Length);
    }

    public static void WriteAddress(this Utf8JsonWriter json, ReadOnlySpan<byte> name, Address address)
    {
        Span<byte> text = stackalloc byte[64];
        address.TryFormat(text, out int length, default, null);
        json.WriteString(name, text[..length]);
    }

    public static void WriteMac(this Utf8JsonWriter json, ReadOnlySpan<byte> name, ulong address)
    {
        json.WritePropertyName(name);
        json.WriteMacValue(address);
    }

    public static void WriteMacValue(this Utf8JsonWriter json, ulong address) =>
        json.WriteStringValue(MacText.WithColons(address, stackalloc byte[MacText.Length]));

    /// <summary>Sixteen hexadecimal digits, as OpenFlow writes a datapath.</summary>
    public static void WriteHexNumber(this Utf8JsonWriter json, ReadOnlySpan<byte> name, ulong number)
    {
        Span<byte> text = stackalloc byte[16];
        Utf8.TryWrite(text, CultureInfo.InvariantCulture, $"{number:x16}", out int length);
        json.WriteString(name, text[..length]);
    }

    public static void WriteHex(this Utf8JsonWriter json, ReadOnlySpan<byte> name, ReadOnlySpan<byte> bytes)
    {
        byte[] text = ArrayPool<byte>.Shared.Rent(bytes.Length * 2);
        Convert.TryToHexStringLower(bytes, text, out int length);
        json.WriteString(name, text.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(text);
    }

    public static void WriteText(this Utf8JsonWriter json, ReadOnlySpan<byte> name, ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes)) json.WriteString(name, bytes);
        else json.WriteString(name, Encoding.UTF8.GetString(bytes));
    }
}
