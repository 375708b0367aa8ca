using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.CounterRecords;

/// <summary>Counters of a wireless interface (sFlow 802.11 structures, <c>ieee80211_counters</c>, after IEEE 802.11 annex D). Unknown counters are all ones.</summary>
public readonly struct WirelessCounters : IRecord<WirelessCounters>
{
    /// <summary>Data format 0:6.</summary>
    public const uint Tag = 6;

    /// <summary>Fragments sent and acknowledged.</summary>
    public readonly XdrUInt32 TransmittedFragments;

    /// <summary>Multicast frames sent.</summary>
    public readonly XdrUInt32 MulticastTransmittedFrames;

    /// <summary>Frames given up after too many tries.</summary>
    public readonly XdrUInt32 Failed;

    /// <summary>Frames sent after one or more retries.</summary>
    public readonly XdrUInt32 Retried;

    /// <summary>Frames sent after more than one retry.</summary>
    public readonly XdrUInt32 MultipleRetried;

    /// <summary>Frames received twice.</summary>
    public readonly XdrUInt32 FrameDuplicates;

    /// <summary>Requests to send that were answered.</summary>
    public readonly XdrUInt32 RtsSuccesses;

    /// <summary>Requests to send without answer.</summary>
    public readonly XdrUInt32 RtsFailures;

    /// <summary>Acknowledgements that did not come.</summary>
    public readonly XdrUInt32 AcknowledgementFailures;

    /// <summary>Fragments received.</summary>
    public readonly XdrUInt32 ReceivedFragments;

    /// <summary>Multicast frames received.</summary>
    public readonly XdrUInt32 MulticastReceivedFrames;

    /// <summary>Frames with a wrong check sequence.</summary>
    public readonly XdrUInt32 CheckSequenceErrors;

    /// <summary>Frames sent.</summary>
    public readonly XdrUInt32 TransmittedFrames;

    /// <summary>Frames that could not be decrypted.</summary>
    public readonly XdrUInt32 WepUndecryptable;

    /// <summary>Fragments discarded for quality of service.</summary>
    public readonly XdrUInt32 QosDiscardedFragments;

    /// <summary>Stations associated now.</summary>
    public readonly XdrUInt32 AssociatedStations;

    /// <summary>Polls received.</summary>
    public readonly XdrUInt32 QosPollsReceived;

    /// <summary>Polls not used.</summary>
    public readonly XdrUInt32 QosPollsUnused;

    /// <summary>Polls that could not be used.</summary>
    public readonly XdrUInt32 QosPollsUnusable;

    /// <summary>Polls without answer.</summary>
    public readonly XdrUInt32 QosPollsLost;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out WirelessCounters record) => FixedSize.TryRead(data, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("dot11_transmitted_fragment_count"u8, TransmittedFragments);
        visitor.Number("dot11_multicast_transmitted_frame_count"u8, MulticastTransmittedFrames);
        visitor.Number("dot11_failed_count"u8, Failed);
        visitor.Number("dot11_retry_count"u8, Retried);
        visitor.Number("dot11_multiple_retry_count"u8, MultipleRetried);
        visitor.Number("dot11_frame_duplicate_count"u8, FrameDuplicates);
        visitor.Number("dot11_rts_success_count"u8, RtsSuccesses);
        visitor.Number("dot11_rts_failure_count"u8, RtsFailures);
        visitor.Number("dot11_ack_failure_count"u8, AcknowledgementFailures);
        visitor.Number("dot11_received_fragment_count"u8, ReceivedFragments);
        visitor.Number("dot11_multicast_received_frame_count"u8, MulticastReceivedFrames);
        visitor.Number("dot11_fcs_error_count"u8, CheckSequenceErrors);
        visitor.Number("dot11_transmitted_frame_count"u8, TransmittedFrames);
        visitor.Number("dot11_wep_undecryptable_count"u8, WepUndecryptable);
        visitor.Number("dot11_qos_discarded_fragment_count"u8, QosDiscardedFragments);
        visitor.Number("dot11_associated_station_count"u8, AssociatedStations);
        visitor.Number("dot11_qos_cf_polls_received_count"u8, QosPollsReceived);
        visitor.Number("dot11_qos_cf_polls_unused_count"u8, QosPollsUnused);
        visitor.Number("dot11_qos_cf_polls_unusable_count"u8, QosPollsUnusable);
        visitor.Number("dot11_qos_cf_polls_lost_count"u8, QosPollsLost);
    }
}
