using System.Buffers.Binary;
using System.Net;

namespace SFlow.Exporter.Tests.Demo;

/// <summary>One datagram of a capture, with its time in seconds.</summary>
internal sealed record DemoDatagram(double Time, int DestinationPort, byte[] Payload)
{
    public IPAddress Agent => new(Payload.AsSpan(8, 4));
}

/// <summary>A flow sample read a second time: by this folder alone, in the plainest way, for what Open vSwitch sends.</summary>
internal sealed record DemoSample(double Time, string Agent, uint Rate, long FrameBytes, bool Tunnelled, string Source, string Destination, int Protocol, int SourcePort, int DestinationPort)
{
    public int LowerPort => Math.Min(SourcePort, DestinationPort);

    /// <summary>Reads a pcap (little-endian, microseconds, Ethernet) of whole UDP datagrams over IPv4.</summary>
    public static IEnumerable<DemoDatagram> Datagrams(byte[] pcap)
    {
        Assert.Equal(0xa1b2c3d4, BinaryPrimitives.ReadUInt32LittleEndian(pcap));
        for (int at = 24; at < pcap.Length;)
        {
            uint seconds = BinaryPrimitives.ReadUInt32LittleEndian(pcap.AsSpan(at)), micro = BinaryPrimitives.ReadUInt32LittleEndian(pcap.AsSpan(at + 4));
            int captured = BinaryPrimitives.ReadInt32LittleEndian(pcap.AsSpan(at + 8)), length = BinaryPrimitives.ReadInt32LittleEndian(pcap.AsSpan(at + 12));
            ReadOnlySpan<byte> frame = pcap.AsSpan(at + 16, captured);
            Assert.Equal(length, captured);
            Assert.Equal(0x0800, Short(frame, 12));
            Assert.Equal(0, Short(frame, 20) & 0x3fff);
            Assert.Equal(17, frame[23]);
            int udp = 14 + (frame[14] & 15) * 4;
            yield return new(seconds + micro / 1e6, Short(frame, udp + 2), frame[(udp + 8)..(udp + Short(frame, udp + 4))].ToArray());
            at += 16 + captured;
        }
    }

    /// <summary>The compact flow samples (0:1) of one datagram; counter samples are passed over.</summary>
    public static IEnumerable<DemoSample> Of(DemoDatagram datagram)
    {
        byte[] bytes = datagram.Payload;
        Assert.Equal(5u, Word(bytes, 0));
        Assert.Equal(1u, Word(bytes, 4));
        int at = 28;
        for (uint left = Word(bytes, 24); left > 0; left--)
        {
            uint format = Word(bytes, at);
            int end = at + 8 + (int)Word(bytes, at + 4);
            if (format == 1) yield return Flow(datagram, at + 8);
            at = end;
        }
        Assert.Equal(bytes.Length, at);
    }

    private static DemoSample Flow(DemoDatagram datagram, int at)
    {
        byte[] bytes = datagram.Payload;
        uint rate = Word(bytes, at + 8);
        int header = 0;
        bool tunnelled = false;
        int record = at + 32;
        for (uint left = Word(bytes, at + 28); left > 0; left--)
        {
            if (Word(bytes, record) == 1) header = record + 8;
            tunnelled |= Word(bytes, record) == 1024;
            record += 8 + (int)Word(bytes, record + 4);
        }
        (string source, string destination, int protocol, int from, int to) = Packet(bytes.AsSpan(header + 16, (int)Word(bytes, header + 12)));
        return new(datagram.Time, datagram.Agent.ToString(), rate, Word(bytes, header + 4) - Word(bytes, header + 8), tunnelled, source, destination, protocol, from, to);
    }

    private static (string, string, int, int, int) Packet(ReadOnlySpan<byte> frame)
    {
        (int source, int length, int protocol, int transport) = Short(frame, 12) switch
        {
            0x0800 => (26, 4, frame[23], 14 + (frame[14] & 15) * 4),
            0x86dd => (22, 16, frame[20], 54),
            _ => (0, 0, -1, 0),
        };
        if (length == 0) return ("", "", protocol, 0, 0);
        bool ports = protocol is 6 or 17;
        return (new IPAddress(frame.Slice(source, length)).ToString(), new IPAddress(frame.Slice(source + length, length)).ToString(), protocol,
            ports ? Short(frame, transport) : 0, ports ? Short(frame, transport + 2) : 0);
    }

    private static uint Word(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at));
    private static int Short(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);
}
