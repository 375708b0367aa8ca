using SFlow.Internals;

namespace SFlow.FlowRecords;

/// <summary>One request to an HTTP server (sFlow HTTP structures, <c>http_request</c>).</summary>
public readonly ref struct HttpRequest : IRecord<HttpRequest>
{
    /// <summary>Data format 0:2206.</summary>
    public const uint Tag = 2206;

    private HttpRequest(scoped ref XdrReader reader)
    {
        Method = reader.UInt32();
        Protocol = reader.UInt32();
        Uri = reader.Opaque();
        Host = reader.Opaque();
        Referrer = reader.Opaque();
        UserAgent = reader.Opaque();
        ForwardedFor = reader.Opaque();
        User = reader.Opaque();
        MimeType = reader.Opaque();
        RequestBytes = reader.UInt64();
        ResponseBytes = reader.UInt64();
        Duration = reader.UInt32();
        Status = (int)reader.UInt32();
    }

    /// <summary>0 other, 1 OPTIONS, 2 GET, 3 HEAD, 4 POST, 5 PUT, 6 DELETE, 7 TRACE, 8 CONNECT.</summary>
    public uint Method { get; }

    /// <summary>Version of HTTP: major number x 1000 + minor number.</summary>
    public uint Protocol { get; }

    /// <summary>URI as it came, as bytes.</summary>
    public ReadOnlySpan<byte> Uri { get; }

    /// <summary>Host header, as bytes.</summary>
    public ReadOnlySpan<byte> Host { get; }

    /// <summary>Referer header, as bytes.</summary>
    public ReadOnlySpan<byte> Referrer { get; }

    /// <summary>User-Agent header, as bytes.</summary>
    public ReadOnlySpan<byte> UserAgent { get; }

    /// <summary>X-Forwarded-For header, as bytes.</summary>
    public ReadOnlySpan<byte> ForwardedFor { get; }

    /// <summary>Authenticated user, as bytes.</summary>
    public ReadOnlySpan<byte> User { get; }

    /// <summary>Content type of the response, as bytes.</summary>
    public ReadOnlySpan<byte> MimeType { get; }

    /// <summary>Content length of the request.</summary>
    public ulong RequestBytes { get; }

    /// <summary>Content length of the response.</summary>
    public ulong ResponseBytes { get; }

    /// <summary>Microseconds.</summary>
    public uint Duration { get; }

    /// <summary>HTTP status.</summary>
    public int Status { get; }

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out HttpRequest record)
    {
        XdrReader reader = new(data);
        record = new HttpRequest(ref reader);
        return reader.IsSound;
    }

    /// <inheritdoc/>
    static void IRecord<HttpRequest>.VisitPart<TVisitor>(ReadOnlySpan<byte> data, ref TVisitor visitor)
    {
        XdrReader reader = new(data);
        CutRecord.Visit(new HttpRequest(ref reader), reader.Fields, ref visitor);
    }

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("method"u8, Method);
        visitor.Number("protocol"u8, Protocol);
        visitor.Text("uri"u8, Uri);
        visitor.Text("host"u8, Host);
        visitor.Text("referer"u8, Referrer);
        visitor.Text("useragent"u8, UserAgent);
        visitor.Text("xff"u8, ForwardedFor);
        visitor.Text("authuser"u8, User);
        visitor.Text("mime_type"u8, MimeType);
        visitor.Number("req_bytes"u8, RequestBytes);
        visitor.Number("resp_bytes"u8, ResponseBytes);
        visitor.Number("duration_us"u8, Duration);
        visitor.Signed("status"u8, Status);
    }
}
