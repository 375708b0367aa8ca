using SFlow.Exporter.Pipeline.Fields;

namespace SFlow.Exporter.Elasticsearch;

/// <summary>
/// Members that depend on one object alone, such as an endpoint: written once for each, kept, and copied. At the limit all is forgotten and begins again.
/// </summary>
internal sealed class KeptPart(Func<NamedFlow, object?> key, DocumentPart[] members) : DocumentPart
{
    /// <summary>Objects whose text is kept. A text has some hundred bytes.</summary>
    private const int Limit = 65_536;

    private readonly Dictionary<object, byte[]> kept = new(ReferenceEqualityComparer.Instance);
    private object? lastKey;
    private byte[] last = [];

    public override void Write(NamedFlow flow, JsonBuffer json)
    {
        if (key(flow) is not { } of) return;
        if (!ReferenceEquals(of, lastKey))
        {
            if (!kept.TryGetValue(of, out byte[]? text)) text = Keep(of, flow, json);
            (lastKey, last) = (of, text);
        }
        json.Raw(last);
    }

    private byte[] Keep(object of, NamedFlow flow, JsonBuffer json)
    {
        int before = json.Length;
        foreach (DocumentPart member in members) member.Write(flow, json);
        byte[] text = json.Written[before..].ToArray();
        json.Length = before;
        if (kept.Count == Limit) kept.Clear();
        kept.Add(of, text);
        return text;
    }
}
