using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using SFlow.Packets;

namespace SFlow.Captures;

/// <summary>Link types of frames that are known here, by their numbers at tcpdump.org (LINKTYPE_*).</summary>
internal enum LinkType : ushort
{
    Null = 0,
    Ethernet = 1,
    RawBsd = 12,
    RawOpenBsd = 14,
    Raw = 101,
    Loop = 108,
    LinuxCooked = 113,
    IPv4 = 228,
    IPv6 = 229,
    LinuxCooked2 = 276,
}

/// <summary>From a frame to the IP packet in it.</summary>
internal static class Links
{
    public static bool IsKnown(LinkType type) => type is LinkType.Null or LinkType.Ethernet or LinkType.RawBsd or LinkType.RawOpenBsd or LinkType.Raw
        or LinkType.Loop or LinkType.LinuxCooked or LinkType.IPv4 or LinkType.IPv6 or LinkType.LinuxCooked2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SampledPacket Dissect(scoped in Frame frame) =>
        frame.LinkType == LinkType.Ethernet ? SampledPacket.Dissect(HeaderProtocol.Ethernet, frame.Bytes) : DissectOther(frame);

    private static SampledPacket DissectOther(scoped in Frame frame)
    {
        ReadOnlySpan<byte> bytes = frame.Bytes;
        return frame.LinkType switch
        {
            LinkType.Null or LinkType.Loop => IPAfter(bytes, 4),
            LinkType.LinuxCooked => Cooked(bytes, 14, 16),
            LinkType.LinuxCooked2 => Cooked(bytes, 0, 20),
            _ => IPAfter(bytes, 0),
        };
    }

    /// <summary>The packet's own version nibble decides: the address family in front of it differs from system to system.</summary>
    private static SampledPacket IPAfter(ReadOnlySpan<byte> bytes, int length)
    {
        if (bytes.Length <= length) return default;
        ReadOnlySpan<byte> packet = bytes[length..];
        return SampledPacket.Dissect(packet[0] >> 4 == 6 ? HeaderProtocol.IPv6 : HeaderProtocol.IPv4, packet);
    }

    /// <summary>Linux cooked captures name an EtherType; VLAN tags may stand behind it.</summary>
    private static SampledPacket Cooked(ReadOnlySpan<byte> bytes, int typeOffset, int length)
    {
        if (bytes.Length < length) return default;
        ushort type = BinaryPrimitives.ReadUInt16BigEndian(bytes[typeOffset..]);
        while (type is 0x8100 or 0x88A8 && bytes.Length >= length + 4)
        {
            type = BinaryPrimitives.ReadUInt16BigEndian(bytes[(length + 2)..]);
            length += 4;
        }
        return type is 0x0800 or 0x86DD ? IPAfter(bytes, length) : default;
    }
}
