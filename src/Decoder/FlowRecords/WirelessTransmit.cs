using SFlow.Internals;

namespace SFlow.FlowRecords;

/// <summary>How a wireless frame was sent (sFlow 802.11 structures, <c>extended_80211_tx</c>).</summary>
public readonly ref struct WirelessTransmit : IRecord<WirelessTransmit>
{
    /// <summary>Data format 0:1015.</summary>
    public const uint Tag = 1015;

    private WirelessTransmit(scoped ref XdrReader reader)
    {
        Ssid = reader.Opaque();
        Bssid = reader.Mac();
        Version = reader.UInt32();
        Transmissions = reader.UInt32();
        Duration = reader.UInt32();
        RetransmissionDuration = reader.UInt32();
        Channel = reader.UInt32();
        Speed = reader.UInt64();
        Power = reader.UInt32();
    }

    /// <summary>Name of the network, as bytes.</summary>
    public ReadOnlySpan<byte> Ssid { get; }

    /// <summary>MAC address of the access point, in the low 48 bits.</summary>
    public ulong Bssid { get; }

    /// <summary>1 802.11a, 2 b, 3 g, 4 n.</summary>
    public uint Version { get; }

    /// <summary>Times that the frame was sent; 0 unknown.</summary>
    public uint Transmissions { get; }

    /// <summary>Microseconds of the last transmission.</summary>
    public uint Duration { get; }

    /// <summary>Microseconds of the transmissions that failed.</summary>
    public uint RetransmissionDuration { get; }

    /// <summary>Number of the channel.</summary>
    public uint Channel { get; }

    /// <summary>Bits a second.</summary>
    public ulong Speed { get; }

    /// <summary>Milliwatts.</summary>
    public uint Power { get; }

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out WirelessTransmit record)
    {
        XdrReader reader = new(data);
        record = new WirelessTransmit(ref reader);
        return reader.IsSound;
    }

    /// <inheritdoc/>
    static void IRecord<WirelessTransmit>.VisitPart<TVisitor>(ReadOnlySpan<byte> data, ref TVisitor visitor)
    {
        XdrReader reader = new(data);
        CutRecord.Visit(new WirelessTransmit(ref reader), reader.Fields, ref visitor);
    }

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Text("ssid"u8, Ssid);
        visitor.Mac("bssid"u8, Bssid);
        visitor.Number("version"u8, Version);
        visitor.Number("transmissions"u8, Transmissions);
        visitor.Number("packet_duration"u8, Duration);
        visitor.Number("retrans_duration"u8, RetransmissionDuration);
        visitor.Number("channel"u8, Channel);
        visitor.Number("speed"u8, Speed);
        visitor.Number("power"u8, Power);
    }
}
