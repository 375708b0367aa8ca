namespace SFlow.Exporter.Agents;

/// <summary>What one agent, or several, sent; all of them counters.</summary>
internal readonly record struct AgentFigures(
    long Datagrams, long Lost, long Duplicates, long Reordered, long Restarts, long Conflicts, long FlowSamples, long CounterSamples)
{
    public static AgentFigures operator +(AgentFigures a, AgentFigures b) => new(
        a.Datagrams + b.Datagrams, a.Lost + b.Lost, a.Duplicates + b.Duplicates, a.Reordered + b.Reordered,
        a.Restarts + b.Restarts, a.Conflicts + b.Conflicts, a.FlowSamples + b.FlowSamples, a.CounterSamples + b.CounterSamples);

    public static AgentFigures operator -(AgentFigures a, AgentFigures b) => new(
        a.Datagrams - b.Datagrams, a.Lost - b.Lost, a.Duplicates - b.Duplicates, a.Reordered - b.Reordered,
        a.Restarts - b.Restarts, a.Conflicts - b.Conflicts, a.FlowSamples - b.FlowSamples, a.CounterSamples - b.CounterSamples);
}
