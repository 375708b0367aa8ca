using SFlow.Exporter.Agents;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Expose;

/// <summary>Everything that metrics and page are read from; nothing here is ever written by a reader.</summary>
internal sealed class Sources(
    IReadOnlyList<WorkerCounters> workers,
    AgentRegistry agents,
    IFlowFamily flows,
    Names names,
    IEnumerable<RecordQueue> queues,
    IKernelDrops? kernelDrops = null,
    ISkippedStructures? skipped = null,
    IReadiness? readiness = null)
{
    public AgentRegistry Agents => agents;
    public IFlowFamily Flows => flows;
    public NodeRegistry Nodes => names.Nodes;
    public IReadOnlyList<RecordQueue> Queues { get; } = [.. queues];

    public long KernelDrops => kernelDrops?.Dropped ?? 0;
    public IReadOnlyList<SkippedStructure> Skipped => skipped?.Read() ?? [];
    public string? NotReadyBecause => readiness?.NotReadyBecause;

    public long Received => workers.Sum(worker => worker.Received);
    public long ReceivedBytes => workers.Sum(worker => worker.ReceivedBytes);
    public long CounterSamples => workers.Sum(worker => worker.CounterSamples);
    public long Sum(DatagramOutcome outcome) => workers.Sum(worker => worker[outcome]);
    public long Sum(SampleFault fault) => workers.Sum(worker => worker[fault]);
    public long Sum(Observation observation) => workers.Sum(worker => worker[observation]);
}
