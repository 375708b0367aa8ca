using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Agents;

/// <summary>
/// Rejects samples that can't be true by what is known of their agent. It judges the samples of one agent and moment together, because a look at the
/// agent for each sample took 15 % of a receiving worker's time.
/// </summary>
internal sealed class PlausibilityStage(AgentRegistry agents, WorkerCounters counters) : IFlowStage
{
    public FlowParts Writes => FlowParts.Plausibility;

    public void Process(Span<Flow> records)
    {
        int end;
        for (int first = 0; first < records.Length; first = end)
        {
            int id = records[first].Agent;
            long arrived = records[first].SteadyNanoseconds;
            for (end = first + 1; end < records.Length && records[end].Agent == id && records[end].SteadyNanoseconds == arrived;) end++;
            Judge(agents[id], records[first..end]);
        }
    }

    public void Idle()
    {
    }

    private void Judge(Agent agent, Span<Flow> run)
    {
        if (AreSound(run, out ulong bytes) && agent.TryAccept(run, bytes))
        {
            counters.Count(SampleFault.None, run.Length);
            return;
        }
        foreach (ref Flow record in run)
        {
            if (record.Fault == SampleFault.None) record.Fault = agent.Judge(record);
            counters.Count(record.Fault);
        }
    }

    /// <summary>Nearly always the case: sound samples from the sender that the agent is known by. They can be judged together.</summary>
    private static bool AreSound(ReadOnlySpan<Flow> run, out ulong bytes)
    {
        bytes = 0;
        foreach (ref readonly Flow record in run)
        {
            if (record.Fault != SampleFault.None || !record.IsFromOwner) return false;
            bytes += BandwidthLimit.BytesOf(record);
        }
        return true;
    }
}
