using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Agents;

/// <summary>
/// Rejects samples that can't be true by what is known of their agent. A stage of its own, a moment after decoding: fields that the decoder has just
/// written by wide stores stall the loads that read them at once (bench/README.md, receive).
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
            Agent agent = agents[id];
            uint samplingRate = 0;
            for (end = first; end < records.Length && records[end].Agent == id; end++)
            {
                ref Flow record = ref records[end];
                if (record.Fault == SampleFault.None) record.Fault = agent.Judge(record);
                if (record.Fault == SampleFault.None) samplingRate = record.SamplingRate;
                counters.Count(record.Fault);
            }
            if (samplingRate > 0) agent.SamplingRate = samplingRate;
        }
    }

    public void Idle()
    {
    }
}
