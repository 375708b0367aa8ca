namespace SFlow.Exporter.Pipeline;

/// <summary>The registries that resolve the ids of records; one set per process.</summary>
internal sealed class Registries
{
    public Registries() => Endpoints = new EndpointRegistry(Namespaces, Networks);

    public LabelRegistry Namespaces { get; } = new();
    public LabelRegistry Services { get; } = new();
    /// <summary>User-defined networks. Id 0 is the default network of the cluster.</summary>
    public LabelRegistry Networks { get; } = new();
    /// <summary>Places outside the cluster, as "AS-NUMBER COUNTRY". Id 0 is no place.</summary>
    public LabelRegistry Places { get; } = new();
    public EndpointRegistry Endpoints { get; }
    public NodeRegistry Nodes { get; } = new();

    /// <summary>Services that have series of their own.</summary>
    public DoubtfulPorts DoubtfulPorts { get; } = new();

    /// <summary>Namespaces whose workloads have series.</summary>
    public NamespaceSelection WorkloadNamespaces { get; } = new();

    /// <summary>Services with a backend whose packets are sampled, by the objects of the cluster. Only Identify adds to it.</summary>
    public ServiceSet BackedServices { get; } = new();
}
