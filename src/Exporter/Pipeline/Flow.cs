namespace SFlow.Exporter.Pipeline;

/// <summary>
/// One flow sample on its way through the stages: a flat value without strings. Decode fills the upper part from the wire,
/// Identify adds who, Observe adds whether it counts and which end serves, Acknowledge what the source received, Count what was drawn together.
/// Ids point into the registries of this folder.
/// </summary>
internal struct Flow
{
    /// <summary>Interface value for the device itself (sFlow v5, section 5.3).</summary>
    public const uint TheDevice = 0x3FFF_FFFF;

    /// <summary>Reason of a discard that stands for "unknown".</summary>
    private const uint ReasonUnknown = 256;

    /// <summary>When the datagram arrived (or was captured), in nanoseconds of Unix time; sFlow itself has no wall clock.</summary>
    public long TimestampNanoseconds;

    /// <summary>128-bit hash of agent, sub-agent, datagram sequence, uptime and the sample's own bytes: the record's identity everywhere.</summary>
    public ulong IdHigh, IdLow;

    /// <summary>Agent address as the datagram claims it.</summary>
    public Address AgentAddress;

    /// <summary>Index into <c>AgentRegistry</c>.</summary>
    public int Agent;
    public uint SubAgentId, DatagramSequence, UptimeMilliseconds;

    // From here on the order matters: what stands together on the wire is turned and stored together (Decode/FlowSampleKernel, Decode/CommonHeaderKernel),
    // and what such a store writes beside its own is written again by what comes after it.
    public uint SampleSequence;
    public uint SourceIdIndex;
    public uint SamplingRate, SamplePool, Drops;
    /// <summary>Interface value, as sFlow splits it from the format.</summary>
    public uint InputValue, OutputValue;
    public uint FrameLength;

    /// <summary>Data format of the sample: 1 compact, 3 expanded flow sample (enterprise 0).</summary>
    public uint SampleFormat;
    public uint SourceIdType;
    /// <summary>Tunnel the packet arrived by (records 1024 and 1030), when <see cref="PacketFacts.TunnelIngress"/>.</summary>
    public uint TunnelVni, TunnelSource, TunnelDestination;
    /// <summary>Interface format: 0 ifIndex, 1 discarded, 2 multiple.</summary>
    public uint InputFormat, OutputFormat;
    public uint Stripped;

    public uint HeaderProtocol;
    public PacketFacts Facts;
    /// <summary>MAC addresses in the low 48 bits.</summary>
    public ulong SourceMac, DestinationMac;
    public Address Source, Destination;

    /// <summary>IP packet length with its header (IPv4 total length; IPv6 payload length + 40).</summary>
    public uint IpLength;
    /// <summary>Fragment offset in 8-byte units, as on the wire.</summary>
    public ushort FragmentOffset;
    /// <summary>IP protocol after IPv6 extension headers.</summary>
    public byte Protocol;
    public byte Ttl, Tos, IcmpType, IcmpCode;
    /// <summary>802.1Q identifier of the outer tag; 0 when untagged.</summary>
    public ushort VlanId;
    /// <summary>EtherType after VLAN tags.</summary>
    public ushort EtherType;

    public ushort SourcePort, DestinationPort;
    public uint TcpSequence, TcpAcknowledgement;
    public byte TcpFlags;
    /// <summary>Why the sample can't be counted; <see cref="SampleFault.None"/> for nearly all.</summary>
    public SampleFault Fault;
    /// <summary>802.1Q identifier of the inner tag; 0 when there is none.</summary>
    public ushort InnerVlanId;

    /// <summary>Index into <c>NodeRegistry</c> of the node whose agent took the sample, or -1.</summary>
    public int ObserverNode;
    /// <summary>Index into <c>EndpointRegistry</c>; 0 is "nothing known".</summary>
    public int SourceEndpoint, DestinationEndpoint;
    /// <summary>Service found at either end, an index into <c>Registries.Services</c>; 0 is none.</summary>
    public int SourceService, DestinationService;
    /// <summary>Label value <c>server_service</c>, an index into <c>Registries.Services</c>.</summary>
    public int ServerService;
    /// <summary>
    /// Payload bytes that this sample newly proves its source to have received from the other end, by the acknowledgement number; at least so many.
    /// </summary>
    public uint AcknowledgedBytes;
    /// <summary>What Kubernetes knows of either end's port.</summary>
    public PortRole SourceRole, DestinationRole;
    public Observation Observation;
    /// <summary>True when the sample is part of the volume: each packet once.</summary>
    public bool Counted;
    public ServerEnd Server;
    public ServerReason ServerReason;
    /// <summary>Who says so.</summary>
    public ServiceOrigin ServiceOrigin;

    /// <summary>What came before this sample in the same draw: earlier segments of one large packet; nothing for a draw of its own.</summary>
    public Burst Before;

    /// <summary>Estimated bytes at layer 2 without what was stripped: (frame_length - stripped) x sampling rate.</summary>
    public readonly ulong Bytes => Fault == SampleFault.None ? (ulong)(FrameLength - Stripped) * SamplingRate : 0;

    /// <summary>Estimated packets: the sampling rate.</summary>
    public readonly ulong Packets => Fault == SampleFault.None ? SamplingRate : 0;

    /// <summary>The packet's source is the end that began the conversation; of meaning only where the server is known.</summary>
    public readonly bool IsInitiator => Server == ServerEnd.Destination;

    /// <summary>Port of the end that serves.</summary>
    public readonly ushort ServerPort => Server == ServerEnd.Source ? SourcePort : DestinationPort;

    /// <summary>IANA's name for the server's port, where nothing better tells what runs there; null else.</summary>
    public readonly string? IanaName => ServiceOrigin == ServiceOrigin.Iana ? IanaPorts.NameOf(Protocol, ServerPort) : null;

    /// <summary>
    /// What the output says. Open vSwitch takes its sample before conntrack, so it says "discarded, reason unknown" of nearly every packet of
    /// OVN, whatever becomes of it.
    /// </summary>
    public readonly OutputState Output => OutputFormat switch
    {
        0 => OutputValue switch { 0 => OutputState.Unknown, TheDevice => OutputState.Device, _ => OutputState.Interface },
        1 => OutputValue == ReasonUnknown && IsOfOpenVSwitch ? OutputState.Unknown : OutputState.Discarded,
        2 => OutputState.Several,
        _ => OutputState.Unknown,
    };

    /// <summary>Open vSwitch counts its data sources from 2:1000, one a sub-agent.</summary>
    private readonly bool IsOfOpenVSwitch => SourceIdType == 2 && SourceIdIndex == 1000 + SubAgentId;

    public readonly bool Has(PacketFacts facts) => (Facts & facts) == facts;
}
