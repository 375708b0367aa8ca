using System.Buffers.Binary;

namespace SFlow.Tests;

/// <summary>Writes captures of UDP datagrams, in the formats that exist.</summary>
public static class CaptureBuilder
{
    public const string Sender = "192.0.2.1";
    public const ushort SenderPort = 40_001, SFlowPort = 6343;

    /// <summary>A datagram inside UDP, IPv4 and Ethernet.</summary>
    public static byte[] Frame(byte[] payload, ushort port = SFlowPort) => PacketBuilder.Ethernet(0x0800, Packet(payload, port));

    /// <summary>A datagram inside UDP and IPv4.</summary>
    public static byte[] Packet(byte[] payload, ushort port = SFlowPort) =>
        PacketBuilder.IPv4(Sender, "192.0.2.254", 17, PacketBuilder.Udp(SenderPort, port, payload));

    /// <summary>Little-endian pcap with microseconds; datagram number n was captured n seconds and n microseconds after 1 000 000 000.</summary>
    public static byte[] Pcap(params IEnumerable<byte[]> payloads) => PcapOfFrames(1, payloads.Select(payload => Frame(payload)));

    public static byte[] PcapOfFrames(uint linkType, IEnumerable<byte[]> frames, bool bigEndian = false, bool nanoseconds = false)
    {
        List<byte> file =
        [
            .. Word(nanoseconds ? 0xA1B2_3C4D : 0xA1B2_C3D4, bigEndian), .. Half(2, bigEndian), .. Half(4, bigEndian),
            .. Word(0, bigEndian), .. Word(0, bigEndian), .. Word(262_144, bigEndian), .. Word(linkType, bigEndian),
        ];
        uint index = 0;
        foreach (byte[] frame in frames)
        {
            file.AddRange([.. Word(1_000_000_000 + index, bigEndian), .. Word(index, bigEndian), .. Word((uint)frame.Length, bigEndian), .. Word((uint)frame.Length, bigEndian), .. frame]);
            index++;
        }
        return [.. file];
    }

    /// <summary>A pcapng block: type, length, body padded to four bytes, length.</summary>
    public static byte[] Block(uint type, byte[] body, bool bigEndian = false)
    {
        uint length = (uint)(body.Length + 3 & ~3) + 12;
        return [.. Word(type, bigEndian), .. Word(length, bigEndian), .. body, .. new byte[-body.Length & 3], .. Word(length, bigEndian)];
    }

    public static byte[] SectionHeader(bool bigEndian = false) =>
        Block(0x0A0D_0D0A, [.. Word(0x1A2B_3C4D, bigEndian), .. Half(1, bigEndian), .. Half(0, bigEndian), .. Word(uint.MaxValue, bigEndian), .. Word(uint.MaxValue, bigEndian)], bigEndian);

    public static byte[] InterfaceBlock(ushort linkType, byte? resolution = null, bool bigEndian = false) =>
        Block(1, [.. Half(linkType, bigEndian), 0, 0, .. Word(0, bigEndian),
            .. resolution is { } value ? (byte[])[.. Half(9, bigEndian), .. Half(1, bigEndian), value, 0, 0, 0, .. Word(0, bigEndian)] : []], bigEndian);

    public static byte[] EnhancedPacket(uint interfaceNumber, ulong timestamp, byte[] frame, bool bigEndian = false) =>
        Block(6, [.. Word(interfaceNumber, bigEndian), .. Word((uint)(timestamp >> 32), bigEndian), .. Word((uint)timestamp, bigEndian),
            .. Word((uint)frame.Length, bigEndian), .. Word((uint)frame.Length, bigEndian), .. frame], bigEndian);

    private static byte[] Word(uint value, bool bigEndian)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, bigEndian ? BinaryPrimitives.ReverseEndianness(value) : value);
        return bytes;
    }

    private static byte[] Half(ushort value, bool bigEndian) => bigEndian ? Word(value, true)[2..] : Word(value, false)[..2];
}
