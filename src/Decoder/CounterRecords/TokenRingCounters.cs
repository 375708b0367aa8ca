using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.CounterRecords;

/// <summary>Errors of a token ring interface (sFlow version 5, <c>tokenring_counters</c>, after RFC 1748). Unknown counters are all ones.</summary>
public readonly struct TokenRingCounters : IRecord<TokenRingCounters>
{
    /// <summary>Data format 0:3.</summary>
    public const uint Tag = 3;

    /// <summary>Frames or tokens with an error bit.</summary>
    public readonly XdrUInt32 LineErrors;

    /// <summary>Times without a transition on the line.</summary>
    public readonly XdrUInt32 BurstErrors;

    /// <summary>Stations that could not set the A and C bits.</summary>
    public readonly XdrUInt32 AccessErrors;

    /// <summary>Frames aborted while sending.</summary>
    public readonly XdrUInt32 AbortsSent;

    /// <summary>Internal errors.</summary>
    public readonly XdrUInt32 InternalErrors;

    /// <summary>Own frames whose end did not come back.</summary>
    public readonly XdrUInt32 LostFrames;

    /// <summary>Frames for this station without room.</summary>
    public readonly XdrUInt32 ReceiveCongestions;

    /// <summary>Frames to this address that another had copied.</summary>
    public readonly XdrUInt32 FrameCopied;

    /// <summary>Tokens lost, seen by the monitor.</summary>
    public readonly XdrUInt32 TokenErrors;

    /// <summary>Soft errors.</summary>
    public readonly XdrUInt32 SoftErrors;

    /// <summary>Hard errors.</summary>
    public readonly XdrUInt32 HardErrors;

    /// <summary>Losses of signal.</summary>
    public readonly XdrUInt32 SignalLosses;

    /// <summary>Beacons sent.</summary>
    public readonly XdrUInt32 BeaconsSent;

    /// <summary>Ring purges.</summary>
    public readonly XdrUInt32 Recoveries;

    /// <summary>Open or short circuits of the lobe.</summary>
    public readonly XdrUInt32 LobeWires;

    /// <summary>Requests to leave the ring.</summary>
    public readonly XdrUInt32 Removes;

    /// <summary>Times alone on the ring.</summary>
    public readonly XdrUInt32 Singles;

    /// <summary>Wrong frequencies.</summary>
    public readonly XdrUInt32 FrequencyErrors;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out TokenRingCounters record) => FixedSize.TryRead(data, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("dot5_stats_line_errors"u8, LineErrors);
        visitor.Number("dot5_stats_burst_errors"u8, BurstErrors);
        visitor.Number("dot5_stats_ac_errors"u8, AccessErrors);
        visitor.Number("dot5_stats_abort_trans_errors"u8, AbortsSent);
        visitor.Number("dot5_stats_internal_errors"u8, InternalErrors);
        visitor.Number("dot5_stats_lost_frame_errors"u8, LostFrames);
        visitor.Number("dot5_stats_receive_congestions"u8, ReceiveCongestions);
        visitor.Number("dot5_stats_frame_copied_errors"u8, FrameCopied);
        visitor.Number("dot5_stats_token_errors"u8, TokenErrors);
        visitor.Number("dot5_stats_soft_errors"u8, SoftErrors);
        visitor.Number("dot5_stats_hard_errors"u8, HardErrors);
        visitor.Number("dot5_stats_signal_loss"u8, SignalLosses);
        visitor.Number("dot5_stats_transmit_beacons"u8, BeaconsSent);
        visitor.Number("dot5_stats_recoverys"u8, Recoveries);
        visitor.Number("dot5_stats_lobe_wires"u8, LobeWires);
        visitor.Number("dot5_stats_removes"u8, Removes);
        visitor.Number("dot5_stats_singles"u8, Singles);
        visitor.Number("dot5_stats_freq_errors"u8, FrequencyErrors);
    }
}
