using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.CounterRecords;

/// <summary>Priority flow control of a port (sFlow PFC structures, <c>pfc_stats</c>). Unknown counters are all ones.</summary>
public readonly struct PriorityFlowControl : IRecord<PriorityFlowControl>
{
    /// <summary>Data format 0:11.</summary>
    public const uint Tag = 11;

    /// <summary>Pause frames sent.</summary>
    public readonly XdrUInt32 Requests;

    /// <summary>Pause frames received.</summary>
    public readonly XdrUInt32 Indications;

    /// <summary>Time paused, in microseconds.</summary>
    public readonly XdrUInt32 PauseDuration;

    /// <summary>Storms of pause frames detected.</summary>
    public readonly XdrUInt32 StormsDetected;

    /// <summary>Storms of pause frames that ended.</summary>
    public readonly XdrUInt32 StormsRestored;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out PriorityFlowControl record) => FixedSize.TryRead(data, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("requests"u8, Requests);
        visitor.Number("indications"u8, Indications);
        visitor.Number("pause_duration"u8, PauseDuration);
        visitor.Number("storm_detected"u8, StormsDetected);
        visitor.Number("storm_restored"u8, StormsRestored);
    }
}
