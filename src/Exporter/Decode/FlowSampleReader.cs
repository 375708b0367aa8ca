using System.Runtime.CompilerServices;
using SFlow.Exporter.Pipeline;
using SFlow.FlowRecords;
using SFlow.Packets;
using SFlow.Samples;

namespace SFlow.Exporter.Decode;

/// <summary>From a flow sample on the wire to a <see cref="FlowRecord"/>.</summary>
internal sealed class FlowSampleReader(uint maximumSamplingRate, SkippedStructures skipped)
{
    /// <summary>The largest IP packet, and room for what encloses it: a longer frame is a forgery or a fault.</summary>
    public const uint LongestFrame = 65_535 + 256;

    /// <summary>Facts that the packet and the record name by the same bits.</summary>
    public const PacketFields SharedFacts =
        PacketFields.Ethernet | PacketFields.IPv4 | PacketFields.IPv6 | PacketFields.Arp | PacketFields.Ports | PacketFields.Icmp
        | PacketFields.Tcp | PacketFields.Fragment | PacketFields.Vlan | PacketFields.Cut;

    /// <summary>Fills the part of the record that the sample tells. A record that can't be read is left out, and the status says so.</summary>
    public DecodeStatus Read(in FlowSample sample, ref FlowRecord record)
    {
        record.SampleSequence = sample.Sequence;
        record.SampleFormat = sample.IsExpanded ? FlowSample.ExpandedTag : FlowSample.CompactTag;
        (record.SourceIdType, record.SourceIdIndex) = sample.Source;
        record.SamplingRate = sample.SamplingRate;
        record.SamplePool = sample.SamplePool;
        record.Drops = sample.Drops;
        (record.InputFormat, record.InputValue) = sample.Input;
        (record.OutputFormat, record.OutputValue) = sample.Output;

        bool sound = true, hasHeader = false;
        StructureEnumerator records = sample.Records;
        while (records.MoveNext())
        {
            Structure current = records.Current;
            switch (current.Tag)
            {
                case SampledHeader.Tag:
                    if (hasHeader) break;
                    hasHeader = SampledHeader.TryRead(current.Data, out SampledHeader header);
                    if (hasHeader) ReadHeader(header, ref record);
                    else sound = false;
                    break;
                case ExtendedSwitch.Tag:
                    sound &= ExtendedSwitch.TryRead(current.Data, out _);
                    break;
                case SampledIPv4.TunnelIngressTag or SampledIPv4.TunnelEgressTag or ExtendedVni.IngressTag or ExtendedVni.EgressTag:
                    sound &= TryReadTunnel(current, ref record);
                    break;
                default:
                    skipped.Count(StructureKind.FlowRecord, current.Tag);
                    break;
            }
        }
        record.Fault = FaultOf(record, hasHeader);
        return records.Status != DecodeStatus.Ok ? records.Status : sound ? DecodeStatus.Ok : DecodeStatus.Malformed;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private SampleFault FaultOf(in FlowRecord record, bool hasHeader) =>
        !hasHeader ? SampleFault.NoSampledHeader
        : record.SamplingRate == 0 ? SampleFault.ZeroSamplingRate
        : record.SamplingRate > maximumSamplingRate ? SampleFault.SamplingRateTooHigh
        : record.Stripped > record.FrameLength ? SampleFault.StrippedAboveFrameLength
        : record.FrameLength > LongestFrame ? SampleFault.FrameTooLong
        : SampleFault.None;

    private static void ReadHeader(in SampledHeader header, ref FlowRecord record)
    {
        record.HeaderProtocol = header.Protocol;
        record.FrameLength = header.FrameLength;
        record.Stripped = header.Stripped;
        SampledPacket packet = SampledPacket.Dissect(header.Protocol, header.Header);
        record.Facts |= (PacketFacts)(packet.Fields & SharedFacts);
        record.EtherType = packet.EtherType;
        if (packet.Has(PacketFields.Ethernet))
        {
            record.SourceMac = packet.SourceMac;
            record.DestinationMac = packet.DestinationMac;
        }
        if (packet.VlanCount > 0)
        {
            record.VlanId = (ushort)(packet.VlanTag(0) & 0xFFF);
            if (packet.VlanCount > 1) record.InnerVlanId = (ushort)(packet.VlanTag(1) & 0xFFF);
        }
        if ((packet.Fields & (PacketFields.IPv4 | PacketFields.IPv6)) != PacketFields.None) ReadNetwork(packet, ref record);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ReadNetwork(in SampledPacket packet, ref FlowRecord record)
    {
        InternetAddress source = packet.Source, destination = packet.Destination;
        record.Source = new Address(source.High, source.Low);
        record.Destination = new Address(destination.High, destination.Low);
        record.Protocol = packet.Protocol;
        record.Ttl = packet.TimeToLive;
        record.Tos = packet.TypeOfService;
        record.IpLength = packet.IPLength;
        record.FragmentOffset = packet.FragmentOffset;
        if (packet.Has(PacketFields.Ports))
        {
            record.SourcePort = packet.SourcePort;
            record.DestinationPort = packet.DestinationPort;
        }
        if (packet.Has(PacketFields.Tcp))
        {
            record.TcpFlags = packet.TcpFlags;
            record.TcpSequence = packet.TcpSequence;
            record.TcpAcknowledgement = packet.TcpAcknowledgement;
        }
        if (packet.Has(PacketFields.Icmp))
        {
            record.IcmpType = packet.IcmpType;
            record.IcmpCode = packet.IcmpCode;
        }
    }

    private static bool TryReadTunnel(in Structure structure, ref FlowRecord record)
    {
        switch (structure.Tag)
        {
            case SampledIPv4.TunnelIngressTag when SampledIPv4.TryRead(structure.Data, out SampledIPv4 outer):
                record.Facts |= PacketFacts.TunnelIngress;
                record.TunnelSource = (uint)outer.Source.Value.Low;
                record.TunnelDestination = (uint)outer.Destination.Value.Low;
                return true;
            case ExtendedVni.IngressTag when ExtendedVni.TryRead(structure.Data, out ExtendedVni vni):
                record.Facts |= PacketFacts.TunnelIngress;
                record.TunnelVni = vni.Vni;
                return true;
            case SampledIPv4.TunnelEgressTag when SampledIPv4.TryRead(structure.Data, out _):
            case ExtendedVni.EgressTag when ExtendedVni.TryRead(structure.Data, out _):
                record.Facts |= PacketFacts.TunnelEgress;
                return true;
            default:
                return false;
        }
    }
}
