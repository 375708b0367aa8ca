using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.CounterRecords;

/// <summary>Use of a radio channel (sFlow 802.11 structures, <c>radio_utilization</c>). Times are milliseconds.</summary>
public readonly struct RadioUtilization : IRecord<RadioUtilization>
{
    /// <summary>Data format 0:1002.</summary>
    public const uint Tag = 1002;

    /// <summary>Time that the other two are part of.</summary>
    public readonly XdrUInt32 Elapsed;

    /// <summary>Time on the assigned channel.</summary>
    public readonly XdrUInt32 OnChannel;

    /// <summary>Time on it while it was busy.</summary>
    public readonly XdrUInt32 OnChannelBusy;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out RadioUtilization record) => FixedSize.TryRead(data, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("elapsed_time"u8, Elapsed);
        visitor.Number("on_channel_time"u8, OnChannel);
        visitor.Number("on_channel_busy_time"u8, OnChannelBusy);
    }
}
