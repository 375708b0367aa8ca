using SFlow.CounterRecords;
using SFlow.FlowRecords;
using SFlow.Packets;
using SFlow.Samples;

namespace SFlow.Decoder.Tests;

/// <summary>
/// Reads every property of every view of a datagram, without an allocation, and folds the values into one number:
/// what must never crash, never read outside the bytes and never depend on anything but the bytes.
/// </summary>
internal static class Everything
{
    public static DecodeStatus Read(ReadOnlySpan<byte> payload, out int samples, out ulong fold)
    {
        samples = 0;
        fold = 0;
        DecodeStatus status = Datagram.TryRead(payload, out Datagram datagram);
        if (status != DecodeStatus.Ok) return status;
        fold = Fold(datagram.Agent.High, datagram.Agent.Low, datagram.SubAgentId, datagram.Sequence, datagram.UptimeMilliseconds, datagram.SampleCount);
        StructureEnumerator walk = datagram.Samples;
        while (walk.MoveNext())
        {
            DecodeStatus fault = Sample(walk.Current, ref fold);
            if (status == DecodeStatus.Ok) status = fault;
            samples++;
        }
        if (walk.TryGetCut(out Structure cut)) Sample(cut, ref fold);
        return status == DecodeStatus.Ok ? walk.Status : status;
    }

    private static DecodeStatus Sample(Structure sample, ref ulong fold)
    {
        fold = Fold(fold, sample.Tag, sample.Length);
        if (FlowSample.TryRead(sample, out FlowSample flow))
        {
            fold = Fold(fold, flow.Sequence, flow.Source.Type, flow.Source.Index, flow.SamplingRate, flow.SamplePool, flow.Drops,
                flow.Input.Format, flow.Input.Value, flow.Output.Format, flow.Output.Value);
            return FlowRecords(flow.Records, ref fold);
        }
        if (CounterSample.TryRead(sample, out CounterSample counters))
        {
            fold = Fold(fold, counters.Sequence, counters.Source.Type, counters.Source.Index);
            return CounterRecords(counters.Records, ref fold);
        }
        if (DiscardedPacket.TryRead(sample, out DiscardedPacket lost))
        {
            fold = Fold(fold, lost.Sequence, lost.Source.Type, lost.Source.Index, lost.Drops, lost.Input, lost.Output, lost.Reason);
            return FlowRecords(lost.Records, ref fold);
        }
        return DecodeStatus.Ok;
    }

    private static DecodeStatus FlowRecords(StructureEnumerator walk, ref ulong fold)
    {
        while (walk.MoveNext())
        {
            ReadOnlySpan<byte> data = walk.Current.Data;
            fold = Fold(fold, walk.Current.Tag, walk.Current.Length);
            if (SampledHeader.TryRead(data, out SampledHeader header))
            {
                fold = Fold(fold, header.FrameLength, header.Stripped, Packet(SampledPacket.Dissect(header.Protocol, header.Header)));
                fold = Fold(fold, Packet(SampledPacket.Dissect(HeaderProtocol.Ethernet, header.Header)), Packet(SampledPacket.Dissect(HeaderProtocol.Mpls, header.Header)));
                fold = Fold(fold, Packet(SampledPacket.Dissect(HeaderProtocol.IPv6, header.Header)), Packet(SampledPacket.Dissect(HeaderProtocol.Ppp, header.Header)));
            }
            if (SampledEthernet.TryRead(data, out SampledEthernet frame)) fold = Fold(fold, frame.FrameLength, frame.SourceMac, frame.DestinationMac, frame.EtherType);
            if (SampledIPv4.TryRead(data, out SampledIPv4 ip4)) fold = Fold(fold, ip4.IPLength, ip4.Protocol, ip4.Source.Low, ip4.Destination.Low, ip4.SourcePort, ip4.DestinationPort, ip4.TcpFlags, ip4.TypeOfService);
            if (SampledIPv6.TryRead(data, out SampledIPv6 ip6)) fold = Fold(fold, ip6.IPLength, ip6.Protocol, ip6.Source.High, ip6.Destination.Low, ip6.SourcePort, ip6.DestinationPort, ip6.TcpFlags, ip6.Priority);
            if (ExtendedSwitch.TryRead(data, out ExtendedSwitch vlans)) fold = Fold(fold, vlans.SourceVlan, vlans.SourcePriority, vlans.DestinationVlan, vlans.DestinationPriority);
            if (ExtendedRouter.TryRead(data, out ExtendedRouter router)) fold = Fold(fold, router.NextHop.Low, router.SourceMask, router.DestinationMask);
            if (ExtendedGateway.TryRead(data, out ExtendedGateway gateway)) fold = Fold(fold, gateway.AutonomousSystem, Sum(gateway.Communities), Path(gateway.DestinationPath), gateway.LocalPreference);
            if (ExtendedUser.TryRead(data, out ExtendedUser user)) fold = Fold(fold, Sum(user.SourceUser), Sum(user.DestinationUser));
            if (ExtendedUrl.TryRead(data, out ExtendedUrl url)) fold = Fold(fold, url.Direction, Sum(url.Url), Sum(url.Host));
            if (ExtendedMpls.TryRead(data, out ExtendedMpls mpls)) fold = Fold(fold, mpls.NextHop.High, Sum(mpls.InLabels), Sum(mpls.OutLabels));
            if (ExtendedVni.TryRead(data, out ExtendedVni vni)) fold = Fold(fold, vni.Vni);
            if (EgressQueueRecord.TryRead(data, out EgressQueueRecord queue)) fold = Fold(fold, queue.Queue);
            if (ExtendedFunction.TryRead(data, out ExtendedFunction function)) fold = Fold(fold, Sum(function.Symbol));
            if (LinuxDropReason.TryRead(data, out LinuxDropReason reason)) fold = Fold(fold, Sum(reason.Reason));
        }
        return walk.Status;
    }

    private static DecodeStatus CounterRecords(StructureEnumerator walk, ref ulong fold)
    {
        while (walk.MoveNext())
        {
            ReadOnlySpan<byte> data = walk.Current.Data;
            fold = Fold(fold, walk.Current.Tag, walk.Current.Length);
            if (InterfaceCounters.TryRead(data, out InterfaceCounters of)) fold = Fold(fold, of.Index, of.Speed, of.InOctets, of.OutOctets, of.InUnicast, of.OutErrors, of.PromiscuousMode);
            if (EthernetCounters.TryRead(data, out EthernetCounters errors)) fold = Fold(fold, errors.AlignmentErrors, errors.SymbolErrors);
            if (VlanCounters.TryRead(data, out VlanCounters vlan)) fold = Fold(fold, vlan.VlanId, vlan.Octets, vlan.Discards);
            if (LagPortCounters.TryRead(data, out LagPortCounters lag)) fold = Fold(fold, lag.ActorSystem, lag.PartnerSystem, lag.State, lag.MarkerResponsesSent);
            if (Processor.TryRead(data, out Processor processor)) fold = Fold(fold, processor.Cpu5Seconds, processor.FreeMemory);
            if (OpenFlowPort.TryRead(data, out OpenFlowPort port)) fold = Fold(fold, port.DatapathId, port.Port);
            if (PortName.TryRead(data, out PortName name)) fold = Fold(fold, Sum(name.Name));
            if (ApplicationResources.TryRead(data, out ApplicationResources used)) fold = Fold(fold, used.UserTime, used.MemoryMaximum, used.ConnectionsMaximum);
            if (OvsDatapath.TryRead(data, out OvsDatapath path)) fold = Fold(fold, path.Hits, path.Masks);
        }
        return walk.Status;
    }

    public static ulong Packet(SampledPacket packet)
    {
        ulong fold = Fold((ulong)packet.Fields, packet.EtherType, packet.DestinationMac, packet.SourceMac, packet.Source.High, packet.Source.Low,
            packet.Destination.High, packet.Destination.Low, packet.Protocol, packet.TimeToLive, packet.TypeOfService, packet.IPLength);
        for (int i = 0; i < packet.VlanCount; i++) fold = Fold(fold, packet.VlanTag(i));
        return Fold(fold, packet.SourcePort, packet.DestinationPort, packet.TcpSequence, packet.TcpAcknowledgement, packet.TcpFlags, packet.UdpLength,
            packet.IcmpType, packet.IcmpCode, packet.FragmentOffset, Sum(packet.Network), Sum(packet.Transport));
    }

    private static ulong Path(AsPath path)
    {
        ulong fold = 0;
        while (path.TryNext(out uint type, out WordList systems)) fold = Fold(fold, type, Sum(systems));
        return fold;
    }

    private static ulong Sum(WordList words)
    {
        ulong sum = 0;
        for (int i = 0; i < words.Count; i++) sum += words[i];
        return sum;
    }

    private static ulong Sum(ReadOnlySpan<byte> bytes)
    {
        ulong sum = 0;
        foreach (byte value in bytes) sum += value;
        return sum;
    }

    private static ulong Fold(params ReadOnlySpan<ulong> values)
    {
        ulong fold = 17;
        foreach (ulong value in values) fold = (fold ^ value) * 0x9E37_79B9_7F4A_7C15;
        return fold;
    }
}
