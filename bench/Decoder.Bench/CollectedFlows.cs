using SFlow.Exporter.Pipeline;

namespace SFlow.Bench;

/// <summary>Keeps the records of a capture.</summary>
internal sealed class CollectedFlows : IFlowStage
{
    public List<Flow> Flows { get; } = [];

    public void Process(Span<Flow> records) => Flows.AddRange(records);

    public void Idle() { }
}
