using System.Runtime.CompilerServices;

namespace SFlow.Exporter.Pipeline;

/// <summary>The stages of one worker in their order, and the flows that were gathered for them.</summary>
internal sealed class StageSequence
{
    /// <summary>Flows gathered before they go on: enough to spread a stage's fixed cost, few enough for the cache.</summary>
    private const int Capacity = 64;

    private readonly Flow[] flows = new Flow[Capacity];
    private readonly IFlowStage[] stages;
    private int count;

    /// <param name="stages">In the order in which they run.</param>
    /// <exception cref="ArgumentException">A stage reads what no stage before it finds.</exception>
    public StageSequence(IFlowStage[] stages)
    {
        FlowParts found = FlowParts.None;
        foreach (IFlowStage stage in stages)
        {
            FlowParts missing = stage.Reads & ~found;
            if (missing != FlowParts.None) throw new ArgumentException($"{stage.GetType().Name} reads {missing}, which no stage before it writes", nameof(stages));
            found |= stage.Writes;
        }
        this.stages = stages;
    }

    /// <summary>The place of one more flow. It holds values of an earlier one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Flow Add()
    {
        if (count == Capacity) Flush();
        return ref flows[count++];
    }

    /// <summary>Runs what is gathered through the stages.</summary>
    public void Flush()
    {
        if (count == 0) return;
        Span<Flow> gathered = flows.AsSpan(0, count);
        count = 0;
        foreach (IFlowStage stage in stages) stage.Process(gathered);
    }

    /// <summary>Runs what is gathered through the stages, and lets them release what they hold back.</summary>
    public void Idle()
    {
        Flush();
        foreach (IFlowStage stage in stages) stage.Idle();
    }
}
