using SFlow.Packets;

namespace SFlow.Captures;

/// <summary>
/// Reads the UDP datagrams of a capture: pcap (microseconds, nanoseconds, both byte orders) and pcapng, over Ethernet, Linux cooked,
/// loopback and raw IP. It allocates at the start only. A bad file stops the reading, and <see cref="Status"/> shows the reason.
/// </summary>
public sealed class CaptureReader : IDisposable
{
    /// <summary>UDP port of sFlow (IANA).</summary>
    public const ushort SFlowPort = 6343;

    private const int UdpHeaderLength = 8;
    private const byte Udp = 17;

    private readonly Stream stream;
    private readonly ushort port;
    private readonly IFrameSource? source;
    private readonly FragmentTable fragments = new();
    private readonly long[] skipped = new long[Enum.GetValues<SkippedFrame>().Length];
    private bool anyKnownLink;

    /// <summary>Begins to read; the reader owns the stream.</summary>
    /// <param name="stream">The file's bytes; need not be seekable.</param>
    /// <param name="port">Destination port of the datagrams wanted; 0 for any.</param>
    public CaptureReader(Stream stream, ushort port = SFlowPort)
    {
        this.stream = stream;
        this.port = port;
        ChunkBuffer buffer = new(stream);
        if (!buffer.TryPeek(4, out ReadOnlySpan<byte> magic)) return;
        source = (IFrameSource?)PcapSource.Open(buffer, magic) ?? PcapngSource.Open(buffer, magic);
    }

    /// <summary>Whether the capture could be read; final once <see cref="TryRead"/> has returned false.</summary>
    public CaptureStatus Status => source switch
    {
        null => CaptureStatus.NotACapture,
        { Status: CaptureStatus.Ok } when !anyKnownLink && Skipped(SkippedFrame.UnsupportedLinkType) > 0 => CaptureStatus.UnsupportedLinkType,
        _ => source.Status,
    };

    /// <summary>Frames read so far that gave no datagram, by reason.</summary>
    public long Skipped(SkippedFrame reason) => skipped[(int)reason];

    /// <summary>The next datagram; false at the end of the file, or where it can't be read further.</summary>
    public bool TryRead(out CapturedDatagram datagram)
    {
        while (source is not null && source.TryRead(out Frame frame))
        {
            if (TryExtract(frame, out datagram, out SkippedFrame? reason)) return true;
            if (reason is not null) skipped[(int)reason]++;
        }
        skipped[(int)SkippedFrame.Fragment] += fragments.Clear();
        datagram = default;
        return false;
    }

    /// <summary>Closes the stream.</summary>
    public void Dispose() => stream.Dispose();

    private bool TryExtract(scoped in Frame frame, out CapturedDatagram datagram, out SkippedFrame? reason)
    {
        datagram = default;
        reason = SkippedFrame.UnsupportedLinkType;
        if (!Links.IsKnown(frame.LinkType)) return false;
        anyKnownLink = true;

        SampledPacket packet = Links.Dissect(frame);
        reason = SkippedFrame.NotIP;
        if ((packet.Fields & (PacketFields.IPv4 | PacketFields.IPv6)) == PacketFields.None) return false;
        reason = SkippedFrame.NotUdp;
        if (packet.Protocol != Udp) return false;

        ReadOnlySpan<byte> udp = packet.Transport;
        if (packet.Has(PacketFields.Fragment))
        {
            reason = null;
            skipped[(int)SkippedFrame.Fragment] += fragments.Add(packet, out udp);
            if (udp.IsEmpty) return false;
        }
        if (udp.Length < UdpHeaderLength)
        {
            reason = SkippedFrame.NotUdp;
            return false;
        }
        int sourcePort = udp[0] << 8 | udp[1], destination = udp[2] << 8 | udp[3], length = udp[4] << 8 | udp[5];
        reason = SkippedFrame.OtherPort;
        if (port != 0 && destination != port) return false;
        datagram = new CapturedDatagram
        {
            Payload = udp[UdpHeaderLength..Math.Clamp(length, UdpHeaderLength, udp.Length)],
            TimestampNanoseconds = frame.TimestampNanoseconds,
            Source = packet.Source,
            SourcePort = (ushort)sourcePort,
            DestinationPort = (ushort)destination,
        };
        return true;
    }
}
