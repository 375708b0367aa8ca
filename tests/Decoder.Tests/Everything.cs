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
        return sample.Tag is FlowSample.CompactTag or FlowSample.ExpandedTag or CounterSample.CompactTag or CounterSample.ExpandedTag or DiscardedPacket.Tag
            ? DecodeStatus.Malformed : DecodeStatus.Ok;
    }

    private static DecodeStatus FlowRecords(StructureEnumerator walk, ref ulong fold)
    {
        FoldingVisitor visitor = new() { Fold = fold };
        DecodeStatus status = DecodeStatus.Ok;
        while (walk.MoveNext())
        {
            if (KnownRecords.VisitFlow(walk.Current, ref visitor) == RecordStatus.Malformed) status = DecodeStatus.Malformed;
            if (walk.Current.Tag != SampledHeader.Tag || !SampledHeader.TryRead(walk.Current.Data, out SampledHeader header)) continue;
            visitor.Fold = Fold(visitor.Fold, walk.Current.Tag, walk.Current.Length, Packets(header.Protocol, header.Header, 0));
        }
        fold = visitor.Fold;
        return status == DecodeStatus.Ok || walk.Status != DecodeStatus.Ok ? walk.Status : status;
    }

    private static DecodeStatus CounterRecords(StructureEnumerator walk, ref ulong fold)
    {
        FoldingVisitor visitor = new() { Fold = fold };
        DecodeStatus status = DecodeStatus.Ok;
        while (walk.MoveNext())
        {
            if (KnownRecords.VisitCounter(walk.Current, ref visitor) == RecordStatus.Malformed) status = DecodeStatus.Malformed;
        }
        fold = Fold(visitor.Fold, walk.Current.Tag, walk.Current.Length);
        return status == DecodeStatus.Ok || walk.Status != DecodeStatus.Ok ? walk.Status : status;
    }

    /// <summary>A packet and those inside it.</summary>
    public static ulong Packets(uint protocol, ReadOnlySpan<byte> header, int depth)
    {
        SampledPacket packet = SampledPacket.Dissect(protocol, header);
        ulong fold = Packet(packet);
        if (depth == 8 || !Tunnel.TryRead(packet, out Tunnel tunnel)) return fold;
        fold = Fold(fold, (ulong)tunnel.Type, tunnel.HasIdentifier ? tunnel.Identifier : 1ul << 32, tunnel.IsCut ? 1ul : 0);
        for (GeneveOptionEnumerator options = tunnel.Options; options.MoveNext();)
        {
            fold = Fold(fold, options.Current.Class, options.Current.Type, FoldingVisitor.Sum(options.Current.Data));
        }
        return Fold(fold, Packets(tunnel.InnerProtocol, tunnel.Payload, depth + 1));
    }

    public static ulong Packet(SampledPacket packet)
    {
        ulong fold = Fold((ulong)packet.Fields, packet.EtherType, packet.DestinationMac, packet.SourceMac, packet.Source.High, packet.Source.Low,
            packet.Destination.High, packet.Destination.Low, packet.Protocol, packet.TimeToLive, packet.TypeOfService, packet.IPLength);
        for (int i = 0; i < packet.VlanCount; i++) fold = Fold(fold, packet.VlanTag(i));
        for (int i = 0; i < packet.MplsLabelCount; i++) fold = Fold(fold, packet.MplsLabel(i));
        return Fold(fold, (ulong)packet.Missing, packet.SourcePort, packet.DestinationPort, packet.TcpSequence, packet.TcpAcknowledgement, packet.TcpFlags, packet.UdpLength,
            packet.IcmpType, packet.IcmpCode, packet.FragmentOffset, FoldingVisitor.Sum(packet.Network), FoldingVisitor.Sum(packet.Transport));
    }

    public static ulong Fold(params ReadOnlySpan<ulong> values)
    {
        ulong fold = 17;
        foreach (ulong value in values) fold = (fold ^ value) * 0x9E37_79B9_7F4A_7C15;
        return fold;
    }
}
