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
    /// <summary>The sampling rate is above what the agent had, and its sample pool did not grow to match.</summary>
    SamplingRateJump,
    /// <summary>More traffic within a second than an agent can carry (<c>--max-agent-bandwidth</c>).</summary>
    BandwidthTooHigh,
}

/// <summary>Where a packet was seen, and so whether this sample of it counts.</summary>
internal enum Observation : byte
{
    /// <summary>Not decided: the sample is faulty.</summary>
    None,
    /// <summary>At the host node of its source: counts.</summary>
    Source,
    /// <summary>Elsewhere while the host node's agent exports: the second sample of one packet, does not count.</summary>
    Destination,
    /// <summary>Elsewhere while the host node's agent is silent: the only witness, counts.</summary>
    Fallback,
    /// <summary>The source has no host node (or the agent is none): counts.</summary>
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

/// <summary>What Kubernetes knows of one end's port; the higher one of two ends serves.</summary>
internal enum PortRole : byte
{
    None,
    /// <summary>A container declares it, which binds nobody.</summary>
    Container,
    /// <summary>The address is a Service's, which calls nobody; it has no such port.</summary>
    VirtualAddress,
    /// <summary>A Service's port on every node: told by the number alone.</summary>
    NodePort,
    /// <summary>Target port of a Service at one of its endpoints, ready or not.</summary>
    Endpoint,
    /// <summary>Port of a Service at an address of its own.</summary>
    Service,
}

/// <summary>How the server end was recognised, the stronger evidence first; the member names become words in snake_case.</summary>
internal enum ServerReason : byte
{
    /// <summary>It was not: no ports, or nothing that tells two ends apart.</summary>
    None,
    /// <summary>The packet itself opens a TCP connection.</summary>
    Syn,
    /// <summary>The packet itself answers who opened a TCP connection.</summary>
    SynAck,
    /// <summary>The packet itself is an ICMP echo request or its reply.</summary>
    Echo,
    /// <summary>The end is an address of a Service, or its NodePort.</summary>
    ServiceAddress,
    /// <summary>The end is an endpoint of a Service at its target port.</summary>
    EndpointPort,
    /// <summary>A container declares the port.</summary>
    ContainerPort,
    /// <summary>The packet is for a multicast group or for everybody, who call nobody.</summary>
    GroupAddress,
    /// <summary>The end was seen to listen: it answered handshakes, was called, or many talk to its one port.</summary>
    ListeningHistory,
    /// <summary>IANA has the port of this end only. A guess.</summary>
    IanaPort,
    /// <summary>The lower port. A guess.</summary>
    LowerPort,
}

/// <summary>Who says what the server's port is: the origin of label <c>server_service</c>.</summary>
internal enum ServiceOrigin : byte
{
    /// <summary>Nobody: the label is @other.</summary>
    None,
    /// <summary>A Service of Kubernetes.</summary>
    Kubernetes,
    /// <summary>A container's declaration.</summary>
    Container,
    /// <summary>IANA's registry, where a number says what is usual and not what runs there.</summary>
    Iana,
}

/// <summary>Where a packet went on, as far as the agent knew when it took the sample.</summary>
internal enum OutputState : byte
{
    Unknown,
    /// <summary>By one interface.</summary>
    Interface,
    /// <summary>To the device itself.</summary>
    Device,
    /// <summary>Nowhere: the agent says that it dropped the packet.</summary>
    Discarded,
    /// <summary>By several interfaces.</summary>
    Several,
}

/// <summary>Bits of <see cref="Flow.TcpFlags"/> (RFC 9293, section 3.1).</summary>
internal static class TcpFlag
{
    public const byte Fin = 1, Syn = 2, Reset = 4, Push = 8, Acknowledge = 16;
}
