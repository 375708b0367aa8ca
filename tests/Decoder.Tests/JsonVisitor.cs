using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace SFlow.Decoder.Tests;

/// <summary>Gathers the fields of a record as JSON nodes.</summary>
internal sealed class JsonVisitor : IFieldVisitor
{
    private readonly Stack<JsonNode> open = new([new JsonObject()]);

    public JsonObject Values => (JsonObject)open.Last();

    public void Number(ReadOnlySpan<byte> name, ulong value) => Add(name, JsonValue.Create(value));

    public void Signed(ReadOnlySpan<byte> name, int value) => Add(name, JsonValue.Create(value));

    public void Real(ReadOnlySpan<byte> name, float value) => Add(name, JsonValue.Create(value.ToString("R", CultureInfo.InvariantCulture)));

    public void Identifier(ReadOnlySpan<byte> name, ulong value) => Add(name, JsonValue.Create(value.ToString("x16", CultureInfo.InvariantCulture)));

    public void Text(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => Add(name, JsonValue.Create(Encoding.UTF8.GetString(value)));

    public void Bytes(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => Add(name, JsonValue.Create(Convert.ToHexStringLower(value)));

    public void Address(ReadOnlySpan<byte> name, Address value) => Add(name, JsonValue.Create(value.ToString()));

    public void Mac(ReadOnlySpan<byte> name, ulong value) => Add(name, JsonValue.Create(PacketJson.Mac(value)));

    public void BeginList(ReadOnlySpan<byte> name) => Open(name, new JsonArray());

    public void EndList() => open.Pop();

    public void BeginGroup() => Open(default, new JsonObject());

    public void EndGroup() => open.Pop();

    private void Open(ReadOnlySpan<byte> name, JsonNode node)
    {
        Add(name, node);
        open.Push(node);
    }

    private void Add(ReadOnlySpan<byte> name, JsonNode? value)
    {
        if (open.Peek() is JsonArray list) list.Add(value);
        else ((JsonObject)open.Peek()).Add(Encoding.UTF8.GetString(name), value);
    }
}
