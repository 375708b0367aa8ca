namespace SFlow.Packets;

/// <summary>A part of a sampled packet, from the outside in: where a header that was cut too short ended.</summary>
public enum PacketPart : byte
{
    /// <summary>Nothing is missing.</summary>
    None,

    /// <summary>The Ethernet header.</summary>
    Ethernet,

    /// <summary>A VLAN tag and the EtherType behind it.</summary>
    VlanTag,

    /// <summary>The PPPoE or PPP header.</summary>
    Ppp,

    /// <summary>An MPLS label stack entry.</summary>
    MplsLabel,

    /// <summary>The IP header.</summary>
    Network,

    /// <summary>The options of an IPv4 header.</summary>
    IPOptions,

    /// <summary>An extension header of IPv6.</summary>
    ExtensionHeader,

    /// <summary>The header of TCP, UDP, SCTP or ICMP.</summary>
    Transport,
}
