using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.CounterRecords;

/// <summary>A server of virtual desktops (sFlow virtual desktop structures, <c>vdi_counters</c>). Unknown counters are all ones.</summary>
public readonly struct VirtualDesktopCounters : IRecord<VirtualDesktopCounters>
{
    /// <summary>Data format 0:2205.</summary>
    public const uint Tag = 2205;

    /// <summary>Sessions now.</summary>
    public readonly XdrUInt32 Sessions;

    /// <summary>Sessions ever.</summary>
    public readonly XdrUInt32 TotalSessions;

    /// <summary>Seconds of all sessions.</summary>
    public readonly XdrUInt32 SessionDuration;

    /// <summary>Bytes received.</summary>
    public readonly XdrUInt32 BytesReceived;

    /// <summary>Bytes sent.</summary>
    public readonly XdrUInt32 BytesSent;

    /// <summary>Packets received.</summary>
    public readonly XdrUInt32 PacketsReceived;

    /// <summary>Packets sent.</summary>
    public readonly XdrUInt32 PacketsSent;

    /// <summary>Packets lost on the way here.</summary>
    public readonly XdrUInt32 PacketsLostReceiving;

    /// <summary>Packets lost on the way there.</summary>
    public readonly XdrUInt32 PacketsLostSending;

    /// <summary>Smallest round-trip time, in milliseconds.</summary>
    public readonly XdrUInt32 MinimumRoundTrip;

    /// <summary>Largest round-trip time, in milliseconds.</summary>
    public readonly XdrUInt32 MaximumRoundTrip;

    /// <summary>Average round-trip time, in milliseconds.</summary>
    public readonly XdrUInt32 AverageRoundTrip;

    /// <summary>Bytes of sound received.</summary>
    public readonly XdrUInt32 AudioBytesReceived;

    /// <summary>Bytes of sound sent.</summary>
    public readonly XdrUInt32 AudioBytesSent;

    /// <summary>Limit of the rate of sound sent, in bits a second.</summary>
    public readonly XdrUInt32 AudioLimit;

    /// <summary>Bytes of pictures received.</summary>
    public readonly XdrUInt32 ImageBytesReceived;

    /// <summary>Bytes of pictures sent.</summary>
    public readonly XdrUInt32 ImageBytesSent;

    /// <summary>Pictures sent.</summary>
    public readonly XdrUInt32 ImageFrames;

    /// <summary>Lowest quality of pictures, 0 to 100.</summary>
    public readonly XdrUInt32 MinimumImageQuality;

    /// <summary>Highest quality of pictures, 0 to 100.</summary>
    public readonly XdrUInt32 MaximumImageQuality;

    /// <summary>Average quality of pictures, 0 to 100.</summary>
    public readonly XdrUInt32 AverageImageQuality;

    /// <summary>Bytes of USB received.</summary>
    public readonly XdrUInt32 UsbBytesReceived;

    /// <summary>Bytes of USB sent.</summary>
    public readonly XdrUInt32 UsbBytesSent;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out VirtualDesktopCounters record) => FixedSize.TryRead(data, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("sessions_current"u8, Sessions);
        visitor.Number("sessions_total"u8, TotalSessions);
        visitor.Number("sessions_duration"u8, SessionDuration);
        visitor.Number("rx_bytes"u8, BytesReceived);
        visitor.Number("tx_bytes"u8, BytesSent);
        visitor.Number("rx_packets"u8, PacketsReceived);
        visitor.Number("tx_packets"u8, PacketsSent);
        visitor.Number("rx_packets_lost"u8, PacketsLostReceiving);
        visitor.Number("tx_packets_lost"u8, PacketsLostSending);
        visitor.Number("rtt_min_ms"u8, MinimumRoundTrip);
        visitor.Number("rtt_max_ms"u8, MaximumRoundTrip);
        visitor.Number("rtt_avg_ms"u8, AverageRoundTrip);
        visitor.Number("audio_rx_bytes"u8, AudioBytesReceived);
        visitor.Number("audio_tx_bytes"u8, AudioBytesSent);
        visitor.Number("audio_tx_limit"u8, AudioLimit);
        visitor.Number("img_rx_bytes"u8, ImageBytesReceived);
        visitor.Number("img_tx_bytes"u8, ImageBytesSent);
        visitor.Number("img_frames"u8, ImageFrames);
        visitor.Number("img_qual_min"u8, MinimumImageQuality);
        visitor.Number("img_qual_max"u8, MaximumImageQuality);
        visitor.Number("img_qual_avg"u8, AverageImageQuality);
        visitor.Number("usb_rx_bytes"u8, UsbBytesReceived);
        visitor.Number("usb_tx_bytes"u8, UsbBytesSent);
    }
}
