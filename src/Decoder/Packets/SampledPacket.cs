using System.Runtime.CompilerServices;
using SFlow.Internals;

namespace SFlow.Packets;

/// <summary>
/// The packet in a sampled header, found by offsets: fields are read from the header's bytes when asked for.
/// <see cref="Fields"/> shows which fields are present; absent ones are 0. A truncated header gives the fields up to its end.
/// </summary>
public ref partial struct SampledPacket
{
    private const int MacLength = 12, TagLength = 4, LabelLength = 4;

    private readonly ReadOnlySpan<byte> header;
    private int network;
    private int transport;
    private int labels;
    private int innerFrame;
    private int innerFrames;
    private uint packetLength;
    private uint largeLength;
    private ushort fragment;

    private SampledPacket(ReadOnlySpan<byte> header)
    {
        this.header = header;
        network = header.Length;
        transport = header.Length;
    }

    /// <summary>Which of the properties below hold something.</summary>
    public PacketFields Fields { readonly get; private set; }

    /// <summary>The part in which the header ended, when it ended too early: what is not known for that reason. With <see cref="PacketFields.Cut"/>.</summary>
    public PacketPart Missing { readonly get; private set; }

    /// <summary>EtherType after all VLAN tags; 0 when there is none.</summary>
    public ushort EtherType { readonly get; private set; }

    /// <summary>How many VLAN tags there are.</summary>
    public int VlanCount { readonly get; private set; }

    /// <summary>How many labels of an MPLS stack there are, down to the bottom one or to the end of the header.</summary>
    public int MplsLabelCount { readonly get; private set; }

    /// <summary>IP protocol, after the extension headers of IPv6. With <see cref="PacketFields.IPv4"/> or <see cref="PacketFields.IPv6"/>.</summary>
    public byte Protocol { readonly get; private set; }

    /// <summary>The bytes from the IP header on (or of whatever follows the EtherType), as far as sampled.</summary>
    public readonly ReadOnlySpan<byte> Network => header[network..];

    /// <summary>The bytes from the transport header on, as far as sampled; empty for a fragment that is not the first.</summary>
    public readonly ReadOnlySpan<byte> Transport => header[transport..];

    /// <summary>Destination MAC address in the low 48 bits. With <see cref="PacketFields.Ethernet"/>.</summary>
    public readonly ulong DestinationMac
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Has(PacketFields.Ethernet) ? Wire.UInt64(header, 0) >> 16 : default;
    }

    /// <summary>Source MAC address in the low 48 bits. With <see cref="PacketFields.Ethernet"/>.</summary>
    public readonly ulong SourceMac
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Has(PacketFields.Ethernet) ? Wire.UInt64(header, 6) >> 16 : default;
    }

    /// <summary>Source address. With <see cref="PacketFields.IPv4"/> or <see cref="PacketFields.IPv6"/>.</summary>
    public readonly Address Source
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => IsIPv4 ? Address.FromIPv4(Wire.UInt32(header, network + 12))
            : IsIPv6 ? Address.FromIPv6(header, network + 8)
            : default;
    }

    /// <summary>Destination address. With <see cref="PacketFields.IPv4"/> or <see cref="PacketFields.IPv6"/>.</summary>
    public readonly Address Destination
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => IsIPv4 ? Address.FromIPv4(Wire.UInt32(header, network + 16))
            : IsIPv6 ? Address.FromIPv6(header, network + 24)
            : default;
    }

    /// <summary>Time to live or hop limit. With <see cref="PacketFields.IPv4"/> or <see cref="PacketFields.IPv6"/>.</summary>
    public readonly byte TimeToLive
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => IsIPv4 ? Wire.Byte(header, network + 8) : IsIPv6 ? Wire.Byte(header, network + 7) : default;
    }

    /// <summary>Type of service or traffic class. With <see cref="PacketFields.IPv4"/> or <see cref="PacketFields.IPv6"/>.</summary>
    public readonly byte TypeOfService
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => IsIPv4 ? Wire.Byte(header, network + 1) : IsIPv6 ? (byte)(Wire.UInt16(header, network) >> 4) : default;
    }

    /// <summary>
    /// Length of the IP packet with its header, in bytes. A packet above 64 KiB has it in the jumbo payload option of IPv6 (RFC 2675), or nowhere:
    /// then it is the packet's length without what is in front of the IP header. With <see cref="PacketFields.IPv4"/> or <see cref="PacketFields.IPv6"/>.
    /// </summary>
    public readonly uint IPLength
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => largeLength != 0 ? largeLength : IsIPv4 ? Wire.UInt16(header, network + 2) : IsIPv6 ? Wire.UInt16(header, network + 4) + 40u : default;
    }

    /// <summary>Fragment offset in units of 8 bytes, as on the wire. With <see cref="PacketFields.Fragment"/>, else 0.</summary>
    public readonly ushort FragmentOffset => (ushort)(fragment & 0x1FFF);

    /// <summary>True for a fragment that is not the last.</summary>
    public readonly bool MoreFragments => (fragment & 0x2000) != 0;

    /// <summary>Source port. With <see cref="PacketFields.Ports"/>.</summary>
    public readonly ushort SourcePort
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Has(PacketFields.Ports) ? Wire.UInt16(header, transport) : default;
    }

    /// <summary>Destination port. With <see cref="PacketFields.Ports"/>.</summary>
    public readonly ushort DestinationPort
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Has(PacketFields.Ports) ? Wire.UInt16(header, transport + 2) : default;
    }

    /// <summary>TCP sequence number. With <see cref="PacketFields.Tcp"/>.</summary>
    public readonly uint TcpSequence
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Has(PacketFields.Tcp) ? Wire.UInt32(header, transport + 4) : default;
    }

    /// <summary>TCP acknowledgement number. With <see cref="PacketFields.Tcp"/>.</summary>
    public readonly uint TcpAcknowledgement
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Has(PacketFields.Tcp) ? Wire.UInt32(header, transport + 8) : default;
    }

    /// <summary>The twelve bits of TCP flags: three reserved ones, AE (formerly NS), and the eight from CWR to FIN. With <see cref="PacketFields.Tcp"/>.</summary>
    public readonly ushort TcpFlags
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Has(PacketFields.Tcp) ? (ushort)(Wire.UInt16(header, transport + 12) & 0xFFF) : default;
    }

    /// <summary>Length of UDP header and data, in bytes. With <see cref="PacketFields.UdpLength"/>.</summary>
    public readonly ushort UdpLength => Has(PacketFields.UdpLength) ? Wire.UInt16(header, transport + 4) : default;

    /// <summary>Type of ICMP or ICMPv6. With <see cref="PacketFields.Icmp"/>.</summary>
    public readonly byte IcmpType => Has(PacketFields.Icmp) ? Wire.Byte(header, transport) : default;

    /// <summary>Code of ICMP or ICMPv6. With <see cref="PacketFields.Icmp"/>.</summary>
    public readonly byte IcmpCode => Has(PacketFields.Icmp) ? Wire.Byte(header, transport + 1) : default;

    /// <summary>
    /// The bytes of the Ethernet frame inside, as far as sampled: of a pseudowire or of MAC-in-MAC; the innermost one. Empty elsewhere.
    /// The addresses of the outer frame are in <see cref="SourceMac"/> and <see cref="DestinationMac"/>.
    /// </summary>
    public readonly ReadOnlySpan<byte> InnerFrame => innerFrame == 0 ? default : header[innerFrame..];

    /// <summary>Service identifier (I-SID) of MAC-in-MAC. With <see cref="PacketFields.MacInMac"/>.</summary>
    public uint ServiceIdentifier { readonly get; private set; }

    /// <summary>False for an IP packet whose length field is 0.</summary>
    private readonly bool HasLength => !IsIPv4 ? !IsIPv6 || Wire.UInt16(header, network + 4) != 0 || largeLength != 0 : Wire.UInt16(header, network + 2) != 0;

    private readonly bool IsIPv6 => Has(PacketFields.IPv6);

    private readonly bool IsIPv4 => Has(PacketFields.IPv4);

    /// <summary>Tag control information (priority, drop eligible, VLAN identifier) of the tag at a position, outer first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The position is not below <see cref="VlanCount"/>.</exception>
    public readonly ushort VlanTag(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)VlanCount, nameof(index));
        return Wire.UInt16(header, MacLength + 2 + index * TagLength);
    }

    /// <summary>The MPLS stack entry (label, class, bottom flag, time to live) at a position, outer first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The position is not below <see cref="MplsLabelCount"/>.</exception>
    public readonly uint MplsLabel(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)MplsLabelCount, nameof(index));
        return Wire.UInt32(header, labels + index * LabelLength);
    }

    /// <summary>True when all of these fields are known.</summary>
    public readonly bool Has(PacketFields fields) => (Fields & fields) == fields;
}
