namespace SFlow.Exporter.Pipeline;

/// <summary>The registries that give record ids their meaning; one set for a process.</summary>
internal sealed class Names
{
    public Names() => Endpoints = new EndpointRegistry(Namespaces);

    public LabelRegistry Namespaces { get; } = new();
    public LabelRegistry Services { get; } = new();
    public EndpointRegistry Endpoints { get; }
    public NodeRegistry Nodes { get; } = new();
}
