using SFlow.Internals;

namespace SFlow.FlowRecords;

/// <summary>One operation of an application (sFlow application structures, <c>app_operation</c>).</summary>
public readonly ref struct ApplicationOperation : IRecord<ApplicationOperation>
{
    /// <summary>Data format 0:2202.</summary>
    public const uint Tag = 2202;

    private ApplicationOperation(scoped ref XdrReader reader)
    {
        Application = reader.Opaque();
        Operation = reader.Opaque();
        Attributes = reader.Opaque();
        StatusDescription = reader.Opaque();
        RequestBytes = reader.UInt64();
        ResponseBytes = reader.UInt64();
        Duration = reader.UInt32();
        Status = reader.UInt32();
    }

    /// <summary>Application, as bytes.</summary>
    public ReadOnlySpan<byte> Application { get; }

    /// <summary>Operation, as bytes.</summary>
    public ReadOnlySpan<byte> Operation { get; }

    /// <summary>Attributes as name=value pairs joined by &amp;, as bytes.</summary>
    public ReadOnlySpan<byte> Attributes { get; }

    /// <summary>The outcome in words, as bytes.</summary>
    public ReadOnlySpan<byte> StatusDescription { get; }

    /// <summary>Bytes of the request.</summary>
    public ulong RequestBytes { get; }

    /// <summary>Bytes of the response.</summary>
    public ulong ResponseBytes { get; }

    /// <summary>Microseconds.</summary>
    public uint Duration { get; }

    /// <summary>0 success, 1 other, 2 timeout, 3 internal error, 4 bad request, 5 forbidden, 6 too large, 7 not implemented, 8 not found, 9 unavailable, 10 unauthorized.</summary>
    public uint Status { get; }

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out ApplicationOperation record)
    {
        XdrReader reader = new(data);
        record = new ApplicationOperation(ref reader);
        return reader.IsSound;
    }

    /// <inheritdoc/>
    static void IRecord<ApplicationOperation>.VisitPart<TVisitor>(ReadOnlySpan<byte> data, ref TVisitor visitor)
    {
        XdrReader reader = new(data);
        CutRecord.Visit(new ApplicationOperation(ref reader), reader.Fields, ref visitor);
    }

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Text("application"u8, Application);
        visitor.Text("operation"u8, Operation);
        visitor.Text("attributes"u8, Attributes);
        visitor.Text("status_descr"u8, StatusDescription);
        visitor.Number("req_bytes"u8, RequestBytes);
        visitor.Number("resp_bytes"u8, ResponseBytes);
        visitor.Number("duration_us"u8, Duration);
        visitor.Number("status"u8, Status);
    }
}
