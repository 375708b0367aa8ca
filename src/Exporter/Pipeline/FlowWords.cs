namespace SFlow.Exporter.Pipeline;

/// <summary>What the sampled header told; absent facts leave their fields at zero.</summary>
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
    /// <summary>The header ended before everything that it announced.</summary>
    Cut = 2048,
}

/// <summary>Why a sample is not counted although its datagram was sound. The member names become label values in snake_case.</summary>
internal enum SampleFault : byte
{
    None,
    ZeroSamplingRate,
    SamplingRateTooHigh,
    StrippedAboveFrameLength,
    FrameTooLong,
    NoSampledHeader,
}

/// <summary>Where a packet was seen, and so whether this sample of it counts.</summary>
internal enum Observation : byte
{
    /// <summary>Not decided: the sample is faulty.</summary>
    None,
    /// <summary>At the home node of its source: counts.</summary>
    Source,
    /// <summary>Elsewhere while the home node's agent exports: the second sample of one packet, does not count.</summary>
    Destination,
    /// <summary>Elsewhere while the home node's agent is silent: the only witness, counts.</summary>
    Fallback,
    /// <summary>The source has no home node (or the agent is none): counts.</summary>
    Outside,
    /// <summary>Our own sFlow traffic: does not count.</summary>
    Own,
    /// <summary>
    /// Sent again by ovn-controller (an OpenFlow packet-out) after it waited for a neighbour's address; it was sampled when its pod sent it: does not count.
    /// </summary>
    PacketOut,
}

/// <summary>Which end of the packet is the server.</summary>
internal enum ServerEnd : byte { Unknown, Source, Destination }

/// <summary>How the server end was recognised.</summary>
internal enum ServerReason : byte { None, ServiceAddress, EndpointPort, LowerPort }
