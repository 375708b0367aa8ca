using System.Buffers.Binary;
using SFlow.Samples;

namespace SFlow.Exporter.Replay;

/// <summary>
/// Makes a repeated capture look as if its agents had continued. Rewrites datagram sequence, uptime, sample sequences, sample pool and
/// drops in place (sFlow version 5, <c>sample_datagram_v5</c>, <c>flow_sample</c>, <c>counters_sample</c>).
/// </summary>
internal sealed class AgentContinuation
{
    private readonly Dictionary<(Address Agent, uint SubAgentId), AgentNumbers> agents = [];

    /// <param name="duration">Time between the starts of two rounds.</param>
    public void NextRound(TimeSpan duration)
    {
        foreach (AgentNumbers agent in agents.Values) agent.NextRound((uint)(long)duration.TotalMilliseconds);
    }

    /// <summary>Rewrites the readable part of a datagram and leaves the rest unchanged.</summary>
    /// <param name="payload">The datagram.</param>
    /// <param name="sender">Sender of the datagram, for an agent without an address.</param>
    public void Rewrite(Span<byte> payload, Address sender = default)
    {
        if (Datagram.TryRead(payload, out Datagram datagram) != DecodeStatus.Ok) return;
        AgentNumbers agent = Of(agents, (datagram.AgentOr(sender), datagram.SubAgentId));
        StructureEnumerator samples = datagram.Samples;
        while (samples.MoveNext())
        {
            if (!payload.Overlaps(samples.Current.Data, out int start)) continue;
            Span<byte> bytes = payload.Slice(start, samples.Current.Data.Length);
            if (FlowSample.TryRead(samples.Current, out FlowSample flow)) Rewrite(flow, Of(agent.Sources, (true, flow.Source)), bytes);
            else if (CounterSample.TryRead(samples.Current, out CounterSample counters))
                Write(bytes, 0, Of(agent.Sources, (false, counters.Source)).Sequence.Continue(counters.Sequence));
        }

        // Sub-agent, sequence and uptime follow the address, whose length depends on its type.
        Span<byte> header = payload[(payload[7] switch { 0 => 8, 1 => 12, _ => 24 })..];
        Write(header, 4, agent.Sequence.Continue(datagram.Sequence));
        Write(header, 8, agent.Uptime.Continue(datagram.UptimeMilliseconds));
    }

    private static void Rewrite(in FlowSample flow, SourceNumbers source, Span<byte> bytes)
    {
        int pool = flow.IsExpanded ? 16 : 12;
        source.SamplingRate = flow.SamplingRate;
        Write(bytes, 0, source.Sequence.Continue(flow.Sequence));
        Write(bytes, pool, source.SamplePool.Continue(flow.SamplePool));
        Write(bytes, pool + 4, source.Drops.Continue(flow.Drops));
    }

    private static void Write(Span<byte> bytes, int offset, uint value) => BinaryPrimitives.WriteUInt32BigEndian(bytes[offset..], value);

    private static TValue Of<TKey, TValue>(Dictionary<TKey, TValue> numbers, TKey key) where TKey : notnull where TValue : new()
    {
        if (!numbers.TryGetValue(key, out TValue? found)) numbers.Add(key, found = new TValue());
        return found;
    }
}
