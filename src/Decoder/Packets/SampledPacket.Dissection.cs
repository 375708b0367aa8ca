using System.Runtime.CompilerServices;
using SFlow.Internals;

namespace SFlow.Packets;

/// <content>From the first byte to the transport header: each step checks that its bytes are there, then notes where the next begins.</content>
public ref partial struct SampledPacket
{
    private const int EthernetLength = 14, IPv4Length = 20, IPv6Length = 40;
    private const ushort LowestEtherType = 0x600, IPv4Type = 0x0800, ArpType = 0x0806, IPv6Type = 0x86DD, PppoeSession = 0x8864;

    /// <summary>IPv6 extension headers that are followed; real packets have one or two.</summary>
    private const int MaximumExtensionHeaders = 16;

    /// <summary>Dissects a header of any protocol of <see cref="HeaderProtocol"/>; another protocol gives a packet without fields.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SampledPacket Dissect(uint headerProtocol, ReadOnlySpan<byte> header) =>
        headerProtocol == HeaderProtocol.Ethernet && TryUsual(header, out SampledPacket packet) ? packet : Any(headerProtocol, header, 0);

    /// <summary>
    /// The same with the length of the whole packet. It verifies what only looks like IP, and it is the IP length where the IP header has none
    /// (segmentation offload of packets above 64 KiB).
    /// </summary>
    /// <param name="headerProtocol">Protocol of the header.</param>
    /// <param name="header">The first bytes of the packet.</param>
    /// <param name="packetLength">Bytes of the packet from the header's first byte on, without what was stripped; 0 when unknown.</param>
    public static SampledPacket Dissect(uint headerProtocol, ReadOnlySpan<byte> header, uint packetLength) =>
        headerProtocol == HeaderProtocol.Ethernet && TryUsual(header, out SampledPacket packet) && packet.HasLength ? packet : Any(headerProtocol, header, packetLength);

    /// <summary>
    /// What nearly all headers are: whole, with one VLAN tag or none, TCP or UDP, no fragment, no extension header.
    /// It gives what <see cref="Any"/> gives, without going from step to step.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryUsual(ReadOnlySpan<byte> header, out SampledPacket packet)
    {
        const int Tagged = EthernetLength + TagLength, TcpThroughFlags = 14;
        packet = default;
        if (header.Length < Tagged + IPv4Length) return false;
        ushort type = Wire.UInt16(header, MacLength);
        bool isTagged = type == 0x8100;
        int start = isTagged ? Tagged : EthernetLength;
        if (isTagged) type = Wire.UInt16(header, EthernetLength + 2);

        int first = Wire.Byte(header, start), end;
        byte protocol;
        PacketFields fields = PacketFields.Ethernet | (isTagged ? PacketFields.Vlan : PacketFields.None);
        if (type == IPv4Type)
        {
            end = start + (first & 15) * 4;
            protocol = Wire.Byte(header, start + 9);
            fields |= PacketFields.IPv4;
            if (first is < 0x45 or > 0x4F || (Wire.UInt16(header, start + 6) & 0x3FFF) != 0) return false;
        }
        else
        {
            end = start + IPv6Length;
            protocol = Wire.Byte(header, start + 6);
            fields |= PacketFields.IPv6;
            if (type != IPv6Type || first >> 4 != 6) return false;
        }
        if (header.Length < end + TcpThroughFlags) return false;
        if (protocol == Tcp) fields |= PacketFields.Ports | PacketFields.Tcp;
        else if (protocol == Udp) fields |= PacketFields.Ports | PacketFields.UdpLength;
        else return false;
        packet = new SampledPacket(header)
        {
            network = start, transport = end, Fields = fields, EtherType = type, Protocol = protocol, VlanCount = isTagged ? 1 : 0,
        };
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static SampledPacket Any(uint headerProtocol, ReadOnlySpan<byte> header, uint packetLength)
    {
        SampledPacket packet = new(header) { packetLength = packetLength };
        switch (headerProtocol)
        {
            case HeaderProtocol.Ethernet:
                packet.AtEthernet();
                break;
            case HeaderProtocol.IPv4:
                packet.AtIPv4(0);
                break;
            case HeaderProtocol.IPv6:
                packet.AtIPv6(0);
                break;
            case HeaderProtocol.Ppp:
                packet.AtPpp(0);
                break;
            case HeaderProtocol.Mpls:
                packet.AtMpls(0);
                break;
        }
        return packet;
    }

    private void AtEthernet()
    {
        if (header.Length < EthernetLength)
        {
            EndIn(PacketPart.Ethernet);
            return;
        }
        Fields = PacketFields.Ethernet;
        int end = EthernetLength;
        ushort type = Wire.UInt16(header, MacLength);
        while (IsVlan(type))
        {
            if (header.Length < end + TagLength)
            {
                EndIn(PacketPart.VlanTag);
                return;
            }
            type = Wire.UInt16(header, end + 2);
            end += TagLength;
            VlanCount++;
            Fields |= PacketFields.Vlan;
        }
        network = end;
        EtherType = type;
        if (type == IPv4Type) AtIPv4(end);
        else if (type == IPv6Type) AtIPv6(end);
        else AtOther(type, end);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AtOther(ushort type, int start)
    {
        switch (type)
        {
            case ArpType:
                Fields |= PacketFields.Arp;
                break;
            case 0x8847 or 0x8848:
                AtMpls(start);
                break;
            case PppoeSession:
                Fields |= PacketFields.Pppoe;
                AtPpp(start + 6);
                break;
            case < LowestEtherType:
                AtLogicalLinkControl(start);
                break;
            default:
                AtEncapsulation(type, start);
                break;
        }
    }

    /// <summary>IEEE 802.3 with a length instead of a type: only SNAP of RFC 1042 has the type of the payload.</summary>
    private void AtLogicalLinkControl(int start)
    {
        EtherType = 0;
        const uint Snap = 0xAAAA_0300;
        if (header.Length < start + 8 || Wire.UInt32(header, start) != Snap || Wire.UInt16(header, start + 4) != 0) return;
        EtherType = Wire.UInt16(header, start + 6);
        network = start + 8;
        if (EtherType == IPv4Type) AtIPv4(network);
        else if (EtherType == IPv6Type) AtIPv6(network);
        else if (EtherType == ArpType) Fields |= PacketFields.Arp;
    }

    private void AtPpp(int start)
    {
        if (header.Length < start + 2)
        {
            EndIn(PacketPart.Ppp);
            return;
        }
        bool compressed = (Wire.Byte(header, start) & 1) != 0;
        int protocol = compressed ? Wire.Byte(header, start) : Wire.UInt16(header, start);
        int end = start + (compressed ? 1 : 2);
        if (protocol == 0x21) AtIPv4(end);
        else if (protocol == 0x57) AtIPv6(end);
        else if (protocol == 0x281) AtMpls(end);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AtIPv4(int start)
    {
        network = start;
        if (header.Length < start + IPv4Length)
        {
            EndIn(PacketPart.Network);
            return;
        }
        int first = Wire.Byte(header, start);
        int length = (first & 15) * 4;
        if (first >> 4 != 4 || length < IPv4Length) return;
        Fields |= PacketFields.IPv4;
        Protocol = Wire.Byte(header, start + 9);
        fragment = (ushort)(Wire.UInt16(header, start + 6) & 0x3FFF);
        if (!HasLength) UsePacketLength(start);
        AtTransport(start + length);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AtIPv6(int start)
    {
        network = start;
        if (header.Length < start + IPv6Length)
        {
            EndIn(PacketPart.Network);
            return;
        }
        if (Wire.Byte(header, start) >> 4 != 6) return;
        Fields |= PacketFields.IPv6;
        Protocol = Wire.Byte(header, start + 6);
        int next = start + IPv6Length;
        for (int passed = 0; IsExtension(Protocol); passed++)
        {
            if (header.Length < next + 8)
            {
                EndIn(PacketPart.ExtensionHeader);
                return;
            }
            if (passed == MaximumExtensionHeaders) return;
            int length = (Wire.Byte(header, next + 1) + 1) * 8;
            if (Protocol == Fragment)
            {
                ushort word = Wire.UInt16(header, next + 2);
                fragment = (ushort)(word >> 3 | (word & 1) << 13);
                Fields |= PacketFields.Fragment;
                length = 8;
            }
            else if (Protocol == Authentication)
            {
                length = (Wire.Byte(header, next + 1) + 2) * 4;
            }
            else if (Protocol == HopByHop && next == start + IPv6Length)
            {
                ReadJumboLength(next, Math.Min(next + length, header.Length));
            }
            Protocol = Wire.Byte(header, next);
            next += length;
            if (FragmentOffset != 0) return;
        }
        if (!HasLength && Protocol is Tcp or Udp) UsePacketLength(start);
        AtTransport(next);
    }

    private const byte Tcp = 6, Udp = 17, Icmp = 1, IcmpV6 = 58, Sctp = 132, Fragment = 44, Authentication = 51, HopByHop = 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AtTransport(int start)
    {
        if (fragment != 0)
        {
            Fields |= PacketFields.Fragment;
            if (FragmentOffset != 0) return;
        }
        int there = header.Length - start;
        if (there < 0)
        {
            EndIn((Fields & PacketFields.IPv4) != PacketFields.None ? PacketPart.IPOptions : PacketPart.ExtensionHeader);
            return;
        }
        transport = start;
        Fields |= Protocol switch
        {
            Tcp => there >= 14 ? PacketFields.Ports | PacketFields.Tcp : PortsOf(there),
            Udp => there >= 6 ? PacketFields.Ports | PacketFields.UdpLength : PortsOf(there),
            Sctp => there >= 12 ? PacketFields.Ports : PortsOf(there),
            Icmp or IcmpV6 => there >= 2 ? PacketFields.Icmp : PacketFields.Cut,
            _ => PacketFields.None,
        };
        if ((Fields & PacketFields.Cut) != PacketFields.None) Missing = PacketPart.Transport;
    }

    private void EndIn(PacketPart part)
    {
        Missing = part;
        Fields |= PacketFields.Cut;
    }

    private static PacketFields PortsOf(int there) => there >= 4 ? PacketFields.Ports | PacketFields.Cut : PacketFields.Cut;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsVlan(ushort type) => type is 0x8100 or 0x88A8 or 0x9100 or 0x9200;

    /// <summary>Hop-by-hop, routing, fragment, authentication, destination, mobility, host identity, shim (RFC 8200, IANA).</summary>
    private static bool IsExtension(byte protocol) => protocol is HopByHop or 43 or Fragment or Authentication or 60 or 135 or 139 or 140;
}
