using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Elasticsearch.RollUp;

/// <summary>
/// What records must have in common to become one document, in 64-bit words: window, agent, addresses, ports, tunnel, interfaces, what was concluded, and
/// the names. Everything that a document of combined records has is here or is summed.
/// </summary>
internal readonly struct RollupKey : IEquatable<RollupKey>
{
    /// <summary>Words that are the same in every process. The others are ids of registries.</summary>
    public const int StableWords = 17;

    private const int Count = 20;

    /// <summary>Facts that a document shows. The others vary within a conversation.</summary>
    private const PacketFacts Shown = PacketFacts.Ethernet | PacketFacts.IPv4 | PacketFacts.IPv6 | PacketFacts.Arp | PacketFacts.Ports | PacketFacts.Icmp | PacketFacts.Tcp | PacketFacts.TunnelIngress;

    private readonly Buffer words;

    public RollupKey(in Flow flow, long window)
    {
        Span<ulong> to = words;
        to[0] = (ulong)window;
        (to[1], to[2]) = (flow.AgentAddress.High, flow.AgentAddress.Low);
        (to[3], to[4]) = (flow.Source.High, flow.Source.Low);
        (to[5], to[6]) = (flow.Destination.High, flow.Destination.Low);
        to[7] = (ulong)flow.SourcePort << 48 | (ulong)flow.DestinationPort << 32 | (ulong)flow.Protocol << 24 | (ulong)flow.IcmpType << 16 | (ulong)flow.IcmpCode << 8 | flow.Tos;
        to[8] = Pair(flow.SubAgentId, flow.SamplingRate);
        to[9] = Pair(flow.InputFormat, flow.InputValue);
        to[10] = Pair(flow.OutputFormat, flow.OutputValue);
        to[11] = Pair(flow.TunnelVni, flow.TunnelSource);
        to[12] = Pair(flow.TunnelDestination, (uint)flow.VlanId << 16 | flow.InnerVlanId);
        to[13] = flow.SourceMac << 16 | (ushort)(flow.Facts & Shown);
        to[14] = flow.DestinationMac << 16 | flow.EtherType;
        to[15] = (flow.Counted ? 1UL : 0) | (ulong)flow.Observation << 8 | (ulong)flow.Server << 16 | (ulong)flow.ServerReason << 24 | (ulong)flow.ServiceOrigin << 32
            | (ulong)flow.Fault << 40 | (ulong)flow.HeaderProtocol << 48;
        to[16] = Pair(flow.SourceIdType, flow.SourceIdIndex);
        to[17] = Pair((uint)flow.SourceEndpoint, (uint)flow.DestinationEndpoint);
        to[18] = Pair((uint)flow.ServerService, (uint)flow.ObserverNode);
        to[19] = (ulong)flow.SourceRole << 8 | (ulong)flow.DestinationRole;
    }

    /// <summary>Start of the window, in nanoseconds of Unix time.</summary>
    public long Window => (long)words[0];

    /// <summary>The words that are the same in every process, as bytes.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Stable => MemoryMarshal.AsBytes(((ReadOnlySpan<ulong>)words)[..StableWords]);

    public bool Equals(RollupKey other) => ((ReadOnlySpan<ulong>)words).SequenceEqual(other.words);

    public override bool Equals(object? obj) => obj is RollupKey other && Equals(other);

    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.AddBytes(MemoryMarshal.AsBytes((ReadOnlySpan<ulong>)words));
        return hash.ToHashCode();
    }

    private static ulong Pair(uint high, uint low) => (ulong)high << 32 | low;

    [InlineArray(Count)]
    private struct Buffer
    {
        private ulong first;
    }
}
