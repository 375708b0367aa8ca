namespace SFlow.Exporter.Pipeline;

/// <summary>Role of a port in Kubernetes. The side with the higher role is the server.</summary>
internal enum PortRole : byte
{
    None,
    /// <summary>A container declares the port. Declarations are informational.</summary>
    Container,
    /// <summary>The address belongs to a Service, which never calls, but the Service lacks this port.</summary>
    VirtualAddress,
    /// <summary>NodePort of a Service: known by its number alone.</summary>
    NodePort,
    /// <summary>Target port of a Service at one of its endpoints, ready or not.</summary>
    Endpoint,
    /// <summary>Port of a Service at its own address.</summary>
    Service,
}
