namespace SFlow.Exporter.Pipeline;

/// <summary>What Kubernetes knows of one end's port; the higher one of two ends serves.</summary>
internal enum PortRole : byte
{
    None,
    /// <summary>A container declares it, which binds nobody.</summary>
    Container,
    /// <summary>The address is a Service's, which calls nobody; it has no such port.</summary>
    VirtualAddress,
    /// <summary>A Service's port on every node: told by the number alone.</summary>
    NodePort,
    /// <summary>Target port of a Service at one of its endpoints, ready or not.</summary>
    Endpoint,
    /// <summary>Port of a Service at an address of its own.</summary>
    Service,
}
