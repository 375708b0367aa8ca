namespace SFlow.Exporter.Pipeline.Fields;

/// <summary>A record with its names instead of the ids of registries.</summary>
internal class NamedFlow(in Flow flow)
{
    private readonly Flow record = flow;

    public ref readonly Flow Record => ref record;

    public required FlowEndpoint Source { get; init; }
    public required FlowEndpoint Destination { get; init; }

    /// <summary>Node whose agent took the sample.</summary>
    public string? ObserverNode { get; init; }
    public string? SourceService { get; init; }
    public string? DestinationService { get; init; }
    public string? ServerService { get; init; }

    public bool IsIp => (record.Facts & (PacketFacts.IPv4 | PacketFacts.IPv6)) != PacketFacts.None;
}
