using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Count;

/// <summary>The last stage of a worker that changes nothing: adds each sample to all families.</summary>
internal sealed class CountStage(Epochs.Worker worker, FamilyShard[] shards) : IFlowStage
{
    public FlowParts Reads => FlowParts.Plausibility | FlowParts.Endpoints | FlowParts.Observation | FlowParts.Acknowledged | FlowParts.Burst;

    public void Process(Span<Flow> records)
    {
        long epoch = worker.Enter();
        foreach (FamilyShard shard in shards) shard.Count(records, epoch);
        worker.Leave();
    }

    public void Idle()
    {
    }
}
