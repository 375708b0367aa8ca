using SFlow.Exporter.Commands;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Bench;

/// <summary>Keeps the records of a capture.</summary>
internal sealed class CollectedFlows : IFlowStage
{
    public List<Flow> Flows { get; } = [];

    /// <summary>Runs a capture through the whole pipeline, with names of the inventory if there is one.</summary>
    public static (CapturePipeline Line, List<Flow> Flows) Of(string capture, string? inventory)
    {
        Settings settings = new();
        if (inventory is not null) settings.Identify.Inventory = inventory;
        CapturePipeline line = new(settings);
        CollectedFlows collected = new();
        line.Run(capture, collected);
        return (line, collected.Flows);
    }

    public void Process(Span<Flow> records) => Flows.AddRange(records);

    public void Idle() { }
}
