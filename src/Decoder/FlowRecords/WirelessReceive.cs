using SFlow.Internals;

namespace SFlow.FlowRecords;

/// <summary>How a wireless frame was received (sFlow 802.11 structures, <c>extended_80211_rx</c>).</summary>
public readonly ref struct WirelessReceive : IRecord<WirelessReceive>
{
    /// <summary>Data format 0:1014.</summary>
    public const uint Tag = 1014;

    private WirelessReceive(scoped ref XdrReader reader)
    {
        Ssid = reader.Opaque();
        Bssid = reader.Mac();
        Version = reader.UInt32();
        Channel = reader.UInt32();
        Speed = reader.UInt64();
        SignalToNoise = reader.UInt32();
        ReceivedPower = reader.UInt32();
        Duration = reader.UInt32();
    }

    /// <summary>Name of the network, as bytes.</summary>
    public ReadOnlySpan<byte> Ssid { get; }

    /// <summary>MAC address of the access point, in the low 48 bits.</summary>
    public ulong Bssid { get; }

    /// <summary>1 802.11a, 2 b, 3 g, 4 n.</summary>
    public uint Version { get; }

    /// <summary>Number of the channel.</summary>
    public uint Channel { get; }

    /// <summary>Bits a second.</summary>
    public ulong Speed { get; }

    /// <summary>Signal to noise (RSNI of IEEE 802.11k).</summary>
    public uint SignalToNoise { get; }

    /// <summary>Received power (RCPI of IEEE 802.11k).</summary>
    public uint ReceivedPower { get; }

    /// <summary>Microseconds of the frame on air, all ones unknown.</summary>
    public uint Duration { get; }

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out WirelessReceive record)
    {
        XdrReader reader = new(data);
        record = new WirelessReceive(ref reader);
        return reader.IsSound;
    }

    /// <inheritdoc/>
    static void IRecord<WirelessReceive>.VisitPart<TVisitor>(ReadOnlySpan<byte> data, ref TVisitor visitor)
    {
        XdrReader reader = new(data);
        CutRecord.Visit(new WirelessReceive(ref reader), reader.Fields, ref visitor);
    }

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Text("ssid"u8, Ssid);
        visitor.Mac("bssid"u8, Bssid);
        visitor.Number("version"u8, Version);
        visitor.Number("channel"u8, Channel);
        visitor.Number("speed"u8, Speed);
        visitor.Number("rsni"u8, SignalToNoise);
        visitor.Number("rcpi"u8, ReceivedPower);
        visitor.Number("packet_duration"u8, Duration);
    }
}
