using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Agents;

/// <summary>Gives each agent the counters of its switch and interfaces, and notes which pod is behind an interface.</summary>
internal sealed class CounterStage(AgentRegistry agents, EndpointRegistry endpoints) : IFlowStage, ICounterStage
{
    public FlowParts Reads => FlowParts.Plausibility | FlowParts.Endpoints;

    public void Process(Span<Flow> records)
    {
        if (!agents.Interfaces.IsEnabled) return;
        foreach (ref readonly Flow record in records)
            if (CameFromPodOfNode(record)) agents[record.Agent].SawPod(record.InputValue, record.SourceEndpoint, endpoints);
    }

    public void Process(in CounterRecord record)
    {
        if (record.IsFromOwner) agents[record.Agent].Count(record);
    }

    public void Idle()
    {
    }

    /// <summary>Packets of pods of other nodes come in by the tunnel, so only pods of the agent's own node count. An input of 0 is unknown.</summary>
    private bool CameFromPodOfNode(in Flow record)
    {
        if (record.InputFormat != 0 || record.InputValue == 0 || record.ObserverNode < 0 || record.Fault != SampleFault.None || !record.IsFromOwner) return false;
        ref readonly EndpointSummary source = ref endpoints.Brief(record.SourceEndpoint);
        return source.Kind == EndpointKind.Pod && !source.Shared && source.HostNode == record.ObserverNode;
    }
}
