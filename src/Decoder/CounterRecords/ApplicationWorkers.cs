using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.CounterRecords;

/// <summary>Workers of an application (sFlow application structures, <c>app_workers</c>). Unknown values are all ones.</summary>
public readonly struct ApplicationWorkers : IRecord<ApplicationWorkers>
{
    /// <summary>Data format 0:2206.</summary>
    public const uint Tag = 2206;

    /// <summary>Workers that serve a request.</summary>
    public readonly XdrUInt32 Active;

    /// <summary>Workers that wait for one.</summary>
    public readonly XdrUInt32 Idle;

    /// <summary>Workers allowed.</summary>
    public readonly XdrUInt32 Maximum;

    /// <summary>Requests that had to wait for a worker.</summary>
    public readonly XdrUInt32 RequestsDelayed;

    /// <summary>Requests refused for want of a worker.</summary>
    public readonly XdrUInt32 RequestsDropped;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out ApplicationWorkers record) => FixedSize.TryRead(data, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("active"u8, Active);
        visitor.Number("idle"u8, Idle);
        visitor.Number("max"u8, Maximum);
        visitor.Number("req_delayed"u8, RequestsDelayed);
        visitor.Number("req_dropped"u8, RequestsDropped);
    }
}
