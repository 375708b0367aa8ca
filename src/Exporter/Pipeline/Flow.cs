using System.Runtime.InteropServices;

namespace SFlow.Exporter.Pipeline;

/// <summary>
/// One flow sample on its way through the stages: a flat value without strings. Decode writes the fields from the wire. Identify adds the
/// endpoints. Observe adds whether the sample counts, and the server. TcpAck adds acknowledged bytes, Count the burst. Ids refer to the
/// registries of this folder.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Flow
{
    /// <summary>Interface value for the device itself (sFlow v5, section 5.3).</summary>
    public const uint TheDevice = 0x3FFF_FFFF;

    /// <summary>The discard reason "unknown".</summary>
    private const uint ReasonUnknown = 256;

    /// <summary>When the datagram arrived (or was captured), in nanoseconds of Unix time; sFlow itself has no wall clock.</summary>
    public long TimestampNanoseconds;

    /// <summary>The same moment by <see cref="SteadyClock"/>: for silence and age. Of a capture it is the capture time.</summary>
    public long SteadyNanoseconds;

    /// <summary>128-bit hash of agent, sub-agent, datagram sequence, uptime and the bytes of the sample: the identity of the record everywhere.</summary>
    public ulong IdHigh, IdLow;

    /// <summary>Agent address as the datagram claims it.</summary>
    public Address AgentAddress;

    /// <summary>Index into <c>AgentRegistry</c>.</summary>
    public int Agent;
    public uint SubAgentId, DatagramSequence, UptimeMilliseconds;

    // The order of the following fields matters: adjacent fields on the wire are swapped and stored together (Decode/FlowSampleKernel,
    // Decode/CommonHeaderKernel; FlowLayoutTests). Such a store may overwrite its neighbours, which later stores write again.
    public uint SampleSequence;
    public uint SourceIdIndex;
    public uint SamplingRate, SamplePool, Drops;
    /// <summary>Interface value, without the format bits.</summary>
    public uint InputValue, OutputValue;
    public uint FrameLength;

    /// <summary>Data format of the sample: 1 compact, 3 expanded flow sample (enterprise 0).</summary>
    public uint SampleFormat;
    public uint SourceIdType;
    /// <summary>Tunnel through which the packet arrived (records 1024 and 1030), if <see cref="PacketFacts.TunnelIngress"/>.</summary>
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
    /// <summary>Reason to reject the sample; <see cref="SampleFault.None"/> for nearly all.</summary>
    public SampleFault Fault;
    /// <summary>802.1Q identifier of the inner tag; 0 when there is none.</summary>
    public ushort InnerVlanId;

    /// <summary>Index into <c>NodeRegistry</c> of the node whose agent took the sample, or -1.</summary>
    public int ObserverNode;
    /// <summary>Index into <c>EndpointRegistry</c>; 0 is "nothing known".</summary>
    public int SourceEndpoint, DestinationEndpoint;
    /// <summary>Service at source and destination, an index into <c>Registries.Services</c>; 0 is none.</summary>
    public int SourceService, DestinationService;
    /// <summary>Label value <c>server_service</c>, an index into <c>Registries.Services</c>.</summary>
    public int ServerService;
    /// <summary>
    /// Lower bound of the payload bytes that the source newly acknowledges with this sample.
    /// </summary>
    public uint AcknowledgedBytes;
    /// <summary>Role of the source and destination port in Kubernetes.</summary>
    public PortRole SourceRole, DestinationRole;
    public Observation Observation;
    /// <summary>Whether the sample counts as traffic: each packet once.</summary>
    public bool Counted;
    public ServerEnd Server;
    public ServerReason ServerReason;
    /// <summary>Origin of the service name.</summary>
    public ServiceOrigin ServiceOrigin;
    /// <summary>The datagram came from the sender that its agent is known by.</summary>
    public bool IsFromOwner;

    /// <summary>Earlier segments of the same burst; empty for a separate sample.</summary>
    public Burst Before;

    /// <summary>Estimated layer 2 bytes without the stripped ones: (frame_length - stripped) x sampling rate.</summary>
    public readonly ulong Bytes => Fault == SampleFault.None ? (ulong)(FrameLength - Stripped) * SamplingRate : 0;

    /// <summary>Estimated packets: the sampling rate.</summary>
    public readonly ulong Packets => Fault == SampleFault.None ? SamplingRate : 0;

    /// <summary>Whether the source is the client. Only valid if the server is known.</summary>
    public readonly bool IsInitiator => Server == ServerEnd.Destination;

    /// <summary>Port of the server.</summary>
    public readonly ushort ServerPort => Server == ServerEnd.Source ? SourcePort : DestinationPort;

    /// <summary>IANA's name of the server port, if there is no better name; otherwise null.</summary>
    public readonly string? IanaName => ServiceOrigin == ServiceOrigin.Iana ? IanaPorts.NameOf(Protocol, ServerPort) : null;

    /// <summary>
    /// State of the output. Open vSwitch takes its sample before conntrack, so it reports "discarded, reason unknown" for nearly every packet
    /// of OVN, even if it is delivered.
    /// </summary>
    public readonly OutputState Output => OutputFormat switch
    {
        0 => OutputValue switch { 0 => OutputState.Unknown, TheDevice => OutputState.Device, _ => OutputState.Interface },
        1 => OutputValue == ReasonUnknown && IsOfOpenVSwitch ? OutputState.Unknown : OutputState.Discarded,
        2 => OutputState.Several,
        _ => OutputState.Unknown,
    };

    /// <summary>Open vSwitch numbers its data sources from 2:1000, one per sub-agent.</summary>
    public readonly bool IsOfOpenVSwitch => SourceIdType == 2 && SourceIdIndex == 1000 + SubAgentId;

    public readonly bool Has(PacketFacts facts) => (Facts & facts) == facts;
}
