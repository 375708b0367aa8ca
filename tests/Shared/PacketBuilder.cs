using System.Buffers.Binary;
using System.Net;

namespace SFlow.Tests;

/// <summary>Writes the headers of packets, as an agent samples them.</summary>
public static class PacketBuilder
{
    public static byte[] Ethernet(ushort etherType, byte[] payload, params ReadOnlySpan<ushort> vlans)
    {
        List<byte> frame = [0x0A, 0x58, 0x0A, 0x80, 0x00, 0x05, 0x0A, 0x58, 0x0A, 0x80, 0x00, 0x01];
        for (int i = 0; i < vlans.Length; i++) frame.AddRange([.. Half(i < vlans.Length - 1 ? (ushort)0x88A8 : (ushort)0x8100), .. Half(vlans[i])]);
        return [.. frame, .. Half(etherType), .. payload];
    }

    public static byte[] IPv4(string source, string destination, byte protocol, byte[] payload, ushort fragment = 0, byte[]? options = null)
    {
        int length = 20 + (options?.Length ?? 0);
        return
        [
            (byte)(0x40 | length / 4), 0x10, .. Half((ushort)(length + payload.Length)), 0x12, 0x34, .. Half(fragment), 63, protocol, 0, 0,
            .. IPAddress.Parse(source).GetAddressBytes(), .. IPAddress.Parse(destination).GetAddressBytes(), .. options ?? [], .. payload,
        ];
    }

    public static byte[] IPv6(string source, string destination, byte nextHeader, byte[] payload) =>
    [
        0x61, 0x0A, 0xBC, 0xDE, .. Half((ushort)payload.Length), nextHeader, 62,
        .. IPAddress.Parse(source).GetAddressBytes(), .. IPAddress.Parse(destination).GetAddressBytes(), .. payload,
    ];

    public static byte[] Tcp(ushort source, ushort destination, uint sequence = 1, uint acknowledgement = 2, byte flags = 0x18) =>
        [.. Half(source), .. Half(destination), .. DatagramBuilder.Words(sequence, acknowledgement), 0x50, flags, 1, 0, 0, 0, 0, 0];

    public static byte[] Udp(ushort source, ushort destination, byte[]? payload = null) =>
        [.. Half(source), .. Half(destination), .. Half((ushort)(8 + (payload?.Length ?? 0))), 0, 0, .. payload ?? []];

    /// <summary>A whole TCP packet over IPv4 over Ethernet.</summary>
    public static byte[] TcpFrame(string source = "10.128.0.5", string destination = "10.129.0.9", ushort sourcePort = 40_000, ushort destinationPort = 443) =>
        Ethernet(0x0800, IPv4(source, destination, 6, Tcp(sourcePort, destinationPort)));

    public static byte[] Half(ushort value)
    {
        byte[] bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        return bytes;
    }
}
