using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.CounterRecords;

/// <summary>Requests that an HTTP server answered (sFlow HTTP structures, <c>http_counters</c>). Unknown counters are all ones.</summary>
public readonly struct HttpCounters : IRecord<HttpCounters>
{
    /// <summary>Data format 0:2201.</summary>
    public const uint Tag = 2201;

    /// <summary>By method: OPTIONS.</summary>
    public readonly XdrUInt32 Options;

    /// <summary>GET.</summary>
    public readonly XdrUInt32 Gets;

    /// <summary>HEAD.</summary>
    public readonly XdrUInt32 Heads;

    /// <summary>POST.</summary>
    public readonly XdrUInt32 Posts;

    /// <summary>PUT.</summary>
    public readonly XdrUInt32 Puts;

    /// <summary>DELETE.</summary>
    public readonly XdrUInt32 Deletes;

    /// <summary>TRACE.</summary>
    public readonly XdrUInt32 Traces;

    /// <summary>CONNECT.</summary>
    public readonly XdrUInt32 Connects;

    /// <summary>Any other method.</summary>
    public readonly XdrUInt32 OtherMethods;

    /// <summary>By status: 100 to 199.</summary>
    public readonly XdrUInt32 Status1xx;

    /// <summary>200 to 299.</summary>
    public readonly XdrUInt32 Status2xx;

    /// <summary>300 to 399.</summary>
    public readonly XdrUInt32 Status3xx;

    /// <summary>400 to 499.</summary>
    public readonly XdrUInt32 Status4xx;

    /// <summary>500 to 599.</summary>
    public readonly XdrUInt32 Status5xx;

    /// <summary>Any other status.</summary>
    public readonly XdrUInt32 OtherStatus;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out HttpCounters record) => FixedSize.TryRead(data, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("method_option_count"u8, Options);
        visitor.Number("method_get_count"u8, Gets);
        visitor.Number("method_head_count"u8, Heads);
        visitor.Number("method_post_count"u8, Posts);
        visitor.Number("method_put_count"u8, Puts);
        visitor.Number("method_delete_count"u8, Deletes);
        visitor.Number("method_trace_count"u8, Traces);
        visitor.Number("method_connect_count"u8, Connects);
        visitor.Number("method_other_count"u8, OtherMethods);
        visitor.Number("status_1xx_count"u8, Status1xx);
        visitor.Number("status_2xx_count"u8, Status2xx);
        visitor.Number("status_3xx_count"u8, Status3xx);
        visitor.Number("status_4xx_count"u8, Status4xx);
        visitor.Number("status_5xx_count"u8, Status5xx);
        visitor.Number("status_other_count"u8, OtherStatus);
    }
}
