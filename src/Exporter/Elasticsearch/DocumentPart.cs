using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Pipeline.Fields;

namespace SFlow.Exporter.Elasticsearch;

/// <summary>A part of a document that writes itself: nothing, or whole members with a comma before each.</summary>
internal abstract class DocumentPart
{
    public abstract void Write(NamedFlow flow, JsonBuffer json);
}

/// <summary>One member with the value of a field.</summary>
internal sealed class FieldPart(string name, FieldWriter write) : DocumentPart
{
    private readonly MemberName start = new(name);

    public override void Write(NamedFlow flow, JsonBuffer json)
    {
        int before = json.Length;
        json.Name(start);
        if (!write(flow, json)) json.Length = before;
    }
}

/// <summary>An object. One without members is left out.</summary>
internal sealed class ObjectPart(string name, DocumentPart[] members) : DocumentPart
{
    private readonly MemberName start = new(name);

    /// <summary>Place of the last object that was written; empty if it was left out.</summary>
    public (int Start, int Length) Place { get; private set; }

    public override void Write(NamedFlow flow, JsonBuffer json)
    {
        int before = json.Length;
        json.Name(start);
        int first = json.Length;
        foreach (DocumentPart member in members) member.Write(flow, json);
        if (json.CloseObject(first))
        {
            Place = (first, json.Length - first);
            return;
        }
        Place = default;
        json.Length = before;
    }
}

/// <summary>The client or the server: a copy of the source or the destination, if it is known which of them it is.</summary>
/// <param name="name">Its name.</param>
/// <param name="source">The source, which is written before.</param>
/// <param name="destination">The destination, which is written before.</param>
/// <param name="isServer">It is the server.</param>
internal sealed class RolePart(string name, ObjectPart source, ObjectPart destination, bool isServer) : DocumentPart
{
    private readonly MemberName start = new(name);

    public override void Write(NamedFlow flow, JsonBuffer json)
    {
        if (flow.Record.Server == ServerEnd.Unknown) return;
        (int first, int length) = ((flow.Record.Server == ServerEnd.Source) == isServer ? source : destination).Place;
        if (length == 0) return;
        json.Name(start);
        json.Copy(first, length);
    }
}
