using System.Globalization;
using System.Text.Json;

namespace SFlow.Exporter.Commands;

/// <summary>Writes the fields of a record as JSON, whatever record it is.</summary>
internal readonly struct JsonFields(Utf8JsonWriter json) : IFieldVisitor
{
    public void Number(ReadOnlySpan<byte> name, ulong value)
    {
        Name(name);
        json.WriteNumberValue(value);
    }

    public void Signed(ReadOnlySpan<byte> name, int value)
    {
        Name(name);
        json.WriteNumberValue(value);
    }

    /// <summary>JSON has no infinities and no "not a number": they are written as text.</summary>
    public void Real(ReadOnlySpan<byte> name, float value)
    {
        Name(name);
        if (float.IsFinite(value)) json.WriteNumberValue(value);
        else json.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
    }

    public void Identifier(ReadOnlySpan<byte> name, ulong value) => json.WriteHexNumber(name, value);

    public void Text(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => json.WriteText(name, value);

    public void Bytes(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => json.WriteHex(name, value);

    public void Address(ReadOnlySpan<byte> name, Address value) => json.WriteAddress(name, value);

    public void Mac(ReadOnlySpan<byte> name, ulong value)
    {
        Name(name);
        json.WriteMacValue(value);
    }

    public void BeginList(ReadOnlySpan<byte> name) => json.WriteStartArray(name);

    public void EndList() => json.WriteEndArray();

    public void BeginGroup() => json.WriteStartObject();

    public void EndGroup() => json.WriteEndObject();

    private void Name(ReadOnlySpan<byte> name)
    {
        if (!name.IsEmpty) json.WritePropertyName(name);
    }
}
