namespace SFlow.Packets;

/// <summary>Which fields of a sampled packet are known; a field without its flag reads as 0.</summary>
[Flags]
public enum PacketFields : ushort
{
    /// <summary>Nothing is known.</summary>
    None = 0,

    /// <summary>Both MAC addresses and the EtherType.</summary>
    Ethernet = 1,

    /// <summary>An IPv4 header, its addresses included.</summary>
    IPv4 = 2,

    /// <summary>An IPv6 header, its addresses included.</summary>
    IPv6 = 4,

    /// <summary>The packet is ARP.</summary>
    Arp = 8,

    /// <summary>Source and destination port of TCP, UDP or SCTP.</summary>
    Ports = 16,

    /// <summary>Type and code of ICMP or ICMPv6.</summary>
    Icmp = 32,

    /// <summary>TCP sequence and acknowledgement number and flags.</summary>
    Tcp = 64,

    /// <summary>The packet is a fragment; one that is not the first has no ports.</summary>
    Fragment = 128,

    /// <summary>The length field of UDP.</summary>
    UdpLength = 256,

    /// <summary>At least one 802.1Q or 802.1ad tag.</summary>
    Vlan = 1024,

    /// <summary>The header ended before the fields that it announced.</summary>
    Cut = 2048,

    /// <summary>The frame belongs to a PPPoE session; the fields are of the packet inside.</summary>
    Pppoe = 4096,

    /// <summary>There is an MPLS label stack; the fields are of the packet below it.</summary>
    Mpls = 8192,

    /// <summary>An Ethernet frame below an MPLS label stack (RFC 4448); the fields below layer 2 are of the packet in that frame.</summary>
    Pseudowire = 16384,

    /// <summary>MAC-in-MAC (IEEE 802.1ah): a frame with a service tag around another frame; the fields below layer 2 are of the packet in the inner one.</summary>
    MacInMac = 32768,
}
