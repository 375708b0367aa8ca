namespace SFlow.Exporter.Pipeline;

/// <summary>Facts from the sampled header. Fields of absent facts are zero.</summary>
[Flags]
internal enum PacketFacts : ushort
{
    None = 0,
    Ethernet = 1,
    IPv4 = 2,
    IPv6 = 4,
    Arp = 8,
    /// <summary>Source and destination port are known (TCP, UDP, SCTP; never a later fragment).</summary>
    Ports = 16,
    Icmp = 32,
    /// <summary>TCP flags, sequence and acknowledgement number are known.</summary>
    Tcp = 64,
    Fragment = 128,
    TunnelIngress = 256,
    TunnelEgress = 512,
    Vlan = 1024,
    /// <summary>The header was truncated before all announced layers.</summary>
    Cut = 2048,
}
