using System.Runtime.CompilerServices;
using SFlow.Exporter.Pipeline;
using SFlow.FlowRecords;
using SFlow.Packets;
using SFlow.Samples;

namespace SFlow.Exporter.Decode;

/// <summary>
/// Turns a flow sample on the wire into a <see cref="Flow"/>. Records are reused, so each field of the sample's part is always written.
/// This costs less than clearing the record first.
/// </summary>
internal sealed class FlowSampleReader(uint maximumSamplingRate, SkippedStructures skipped)
{
    /// <summary>Maximum frame: the largest IP packet, with room for its link layer. A longer frame is a forgery or a fault.</summary>
    public const uint LongestFrame = 65_535 + 256;

    /// <summary>The same for a packet above 64 KiB by its IP header: the maximum of Linux (GSO_MAX_SIZE).</summary>
    public const uint LongestLargeFrame = 8 * 65_535 + 256;

    /// <summary>Facts with the same bits in packet and record.</summary>
    public const PacketFields SharedFacts =
        PacketFields.Ethernet | PacketFields.IPv4 | PacketFields.IPv6 | PacketFields.Arp | PacketFields.Ports | PacketFields.Icmp
        | PacketFields.Tcp | PacketFields.Fragment | PacketFields.Vlan | PacketFields.Cut;

    /// <summary>Writes the part of the record that comes from the sample. Unreadable structures are left out, and the status reports them.</summary>
    public DecodeStatus Read(in FlowSample sample, ref Flow record)
    {
        FlowSample flow = sample;
        if (flow.IsExpanded || !FlowSampleKernel.TryStore(flow.Data, ref record)) ReadFixed(flow, ref record);
        record.Facts = PacketFacts.None;

        bool sound = true, hasHeader = false;
        StructureEnumerator records = flow.Records;
        while (records.MoveNext())
        {
            uint tag = records.Current.Tag;
            ReadOnlySpan<byte> data = records.Current.Data;
            if (tag == SampledHeader.Tag)
            {
                if (hasHeader) continue;
                hasHeader = SampledHeader.TryRead(data, out SampledHeader header);
                if (hasHeader) ReadHeader(header.Protocol, header.FrameLength, header.Stripped, header.Header, ref record);
                else sound = false;
            }
            else if (tag == ExtendedSwitch.Tag) sound &= ExtendedSwitch.TryRead(data, out _);
            else sound &= ReadOther(tag, data, ref record);
        }
        if (!hasHeader) ReadHeader(0, 0, 0, default, ref record);
        // The header takes precedence over the agent's own fields.
        if ((record.Facts & (PacketFacts.IPv4 | PacketFacts.IPv6)) == PacketFacts.None) hasHeader |= SampledFields.TryStore(flow.Records, hasHeader, ref record);
        record.Fault = FaultOf(record, hasHeader);
        return records.Status != DecodeStatus.Ok ? records.Status : sound ? DecodeStatus.Ok : DecodeStatus.Malformed;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private SampleFault FaultOf(in Flow record, bool hasHeader) =>
        !hasHeader ? SampleFault.NoSampledHeader
        : record.SamplingRate == 0 ? SampleFault.ZeroSamplingRate
        : record.SamplingRate > maximumSamplingRate ? SampleFault.SamplingRateTooHigh
        : record.Stripped > record.FrameLength ? SampleFault.StrippedAboveFrameLength
        : record.FrameLength > LongestFrame && (record.IpLength <= ushort.MaxValue || record.FrameLength > LongestLargeFrame) ? SampleFault.FrameTooLong
        : SampleFault.None;

    /// <summary>The scalar twin of <see cref="FlowSampleKernel"/>, for the expanded form and for processors without the vector instructions.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void ReadFixed(FlowSample sample, ref Flow record)
    {
        record.SampleSequence = sample.Sequence;
        record.SampleFormat = sample.IsExpanded ? FlowSample.ExpandedTag : FlowSample.CompactTag;
        (record.SourceIdType, record.SourceIdIndex) = sample.Source;
        record.SamplingRate = sample.SamplingRate;
        record.SamplePool = sample.SamplePool;
        record.Drops = sample.Drops;
        (record.InputFormat, record.InputValue) = sample.Input;
        (record.OutputFormat, record.OutputValue) = sample.Output;
        record.TunnelVni = record.TunnelSource = record.TunnelDestination = 0;
    }

    private static void ReadHeader(uint protocol, uint frameLength, uint stripped, ReadOnlySpan<byte> header, ref Flow record)
    {
        record.HeaderProtocol = protocol;
        record.FrameLength = frameLength;
        record.Stripped = stripped;
        if (protocol != Packets.HeaderProtocol.Ethernet || !CommonHeaderKernel.TryStore(header, ref record)) ReadPacket(protocol, header, frameLength > stripped ? frameLength - stripped : 0, ref record);
    }

    /// <summary>Any packet, step by step. For common packets the result equals that of <see cref="CommonHeaderKernel"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void ReadPacket(uint protocol, ReadOnlySpan<byte> header, uint length, ref Flow record)
    {
        SampledPacket packet = SampledPacket.Dissect(protocol, header, length);
        record.Facts |= (PacketFacts)(packet.Fields & SharedFacts);
        record.EtherType = packet.EtherType;
        record.SourceMac = packet.SourceMac;
        record.DestinationMac = packet.DestinationMac;
        record.VlanId = record.InnerVlanId = 0;
        if (packet.VlanCount > 0)
        {
            record.VlanId = (ushort)(packet.VlanTag(0) & 0xFFF);
            if (packet.VlanCount > 1) record.InnerVlanId = (ushort)(packet.VlanTag(1) & 0xFFF);
        }
        // One block per IP version, so that no field needs another branch on the version.
        if (packet.Has(PacketFields.IPv4)) ReadNetwork(packet, ref record);
        else if (packet.Has(PacketFields.IPv6)) ReadNetwork(packet, ref record);
        else ReadNoNetwork(ref record);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ReadNetwork(scoped in SampledPacket packet, ref Flow record)
    {
        record.Source = packet.Source;
        record.Destination = packet.Destination;
        record.Protocol = packet.Protocol;
        record.Ttl = packet.TimeToLive;
        record.Tos = packet.TypeOfService;
        record.IpLength = packet.IPLength;
        record.FragmentOffset = packet.FragmentOffset;
        record.SourcePort = packet.SourcePort;
        record.DestinationPort = packet.DestinationPort;
        record.IcmpType = packet.IcmpType;
        record.IcmpCode = packet.IcmpCode;
        if (packet.Has(PacketFields.Tcp))
        {
            record.TcpFlags = (byte)packet.TcpFlags;
            record.TcpSequence = packet.TcpSequence;
            record.TcpAcknowledgement = packet.TcpAcknowledgement;
        }
        else
        {
            record.TcpFlags = 0;
            record.TcpSequence = record.TcpAcknowledgement = 0;
        }
    }

    /// <summary>A packet without fields has all of them at zero.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ReadNoNetwork(ref Flow record) => ReadNetwork(default, ref record);

    /// <summary>Rare records. Returns false if one cannot be read.</summary>
    private bool ReadOther(uint tag, ReadOnlySpan<byte> data, ref Flow record)
    {
        switch (tag)
        {
            case SampledIPv4.TunnelIngressTag:
                if (!SampledIPv4.TryRead(data, out SampledIPv4 outer)) return false;
                record.Facts |= PacketFacts.TunnelIngress;
                record.TunnelSource = (uint)outer.Source.Value.Low;
                record.TunnelDestination = (uint)outer.Destination.Value.Low;
                return true;
            case ExtendedVni.IngressTag:
                if (!ExtendedVni.TryRead(data, out ExtendedVni vni)) return false;
                record.Facts |= PacketFacts.TunnelIngress;
                record.TunnelVni = vni.Vni;
                return true;
            case SampledIPv4.TunnelEgressTag:
                if (!SampledIPv4.TryRead(data, out _)) return false;
                record.Facts |= PacketFacts.TunnelEgress;
                return true;
            case ExtendedVni.EgressTag:
                if (!ExtendedVni.TryRead(data, out _)) return false;
                record.Facts |= PacketFacts.TunnelEgress;
                return true;
            case SampledEthernet.Tag:
                return SampledEthernet.TryRead(data, out _);
            case SampledIPv4.Tag:
                return SampledIPv4.TryRead(data, out _);
            case SampledIPv6.Tag:
                return SampledIPv6.TryRead(data, out _);
            default:
                skipped.Count(StructureKind.FlowRecord, tag);
                return true;
        }
    }
}
