namespace SFlow.Exporter.Pipeline;

/// <summary>The registries that give record ids their meaning; one set for a process.</summary>
internal sealed class Registries
{
    public Registries() => Endpoints = new EndpointRegistry(Namespaces, Networks);

    public LabelRegistry Namespaces { get; } = new();
    public LabelRegistry Services { get; } = new();
    /// <summary>User-defined networks; id 0 stands for the cluster's default network.</summary>
    public LabelRegistry Networks { get; } = new();
    public EndpointRegistry Endpoints { get; }
    public NodeRegistry Nodes { get; } = new();

    /// <summary>Services behind which pods stand, told by EndpointSlices or by a pod that was seen to answer: what they send is sampled.</summary>
    public ServiceSet SampledServices { get; } = new();
}
