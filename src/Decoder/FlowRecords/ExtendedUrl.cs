using SFlow.Internals;

namespace SFlow.FlowRecords;

/// <summary>URL of a request (sFlow version 5, <c>extended_url</c>).</summary>
public readonly ref struct ExtendedUrl : IRecord<ExtendedUrl>
{
    /// <summary>Data format 0:1005.</summary>
    public const uint Tag = 1005;

    private ExtendedUrl(scoped ref XdrReader reader)
    {
        Direction = reader.UInt32();
        Url = reader.Opaque();
        Host = reader.Opaque();
    }

    /// <summary>1 the source is the server, 2 the destination is.</summary>
    public uint Direction { get; }

    /// <summary>The URL, as bytes.</summary>
    public ReadOnlySpan<byte> Url { get; }

    /// <summary>The host of the request, as bytes.</summary>
    public ReadOnlySpan<byte> Host { get; }

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out ExtendedUrl record)
    {
        XdrReader reader = new(data);
        record = new ExtendedUrl(ref reader);
        return reader.IsSound;
    }

    /// <inheritdoc/>
    static void IRecord<ExtendedUrl>.VisitPart<TVisitor>(ReadOnlySpan<byte> data, ref TVisitor visitor)
    {
        XdrReader reader = new(data);
        CutRecord.Visit(new ExtendedUrl(ref reader), reader.Fields, ref visitor);
    }

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("direction"u8, Direction);
        visitor.Text("url"u8, Url);
        visitor.Text("host"u8, Host);
    }
}
