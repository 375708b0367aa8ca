using SFlow.Internals;

namespace SFlow.FlowRecords;

/// <summary>The request that a proxy made for the sampled one (sFlow HTTP structures, <c>extended_proxy_request</c>).</summary>
public readonly ref struct ProxyRequest : IRecord<ProxyRequest>
{
    /// <summary>Data format 0:2207.</summary>
    public const uint Tag = 2207;

    private ProxyRequest(scoped ref XdrReader reader)
    {
        Uri = reader.Opaque();
        Host = reader.Opaque();
    }

    /// <summary>URI as it was sent, as bytes.</summary>
    public ReadOnlySpan<byte> Uri { get; }

    /// <summary>Host header, as bytes.</summary>
    public ReadOnlySpan<byte> Host { get; }

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out ProxyRequest record)
    {
        XdrReader reader = new(data);
        record = new ProxyRequest(ref reader);
        return reader.IsSound;
    }

    /// <inheritdoc/>
    static void IRecord<ProxyRequest>.VisitPart<TVisitor>(ReadOnlySpan<byte> data, ref TVisitor visitor)
    {
        XdrReader reader = new(data);
        CutRecord.Visit(new ProxyRequest(ref reader), reader.Fields, ref visitor);
    }

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Text("uri"u8, Uri);
        visitor.Text("host"u8, Host);
    }
}
