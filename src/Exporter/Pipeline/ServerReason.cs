namespace SFlow.Exporter.Pipeline;

/// <summary>How the server end was recognised, the stronger evidence first; the member names become words in snake_case.</summary>
internal enum ServerReason : byte
{
    /// <summary>It was not: no ports, or nothing that tells two ends apart.</summary>
    None,
    /// <summary>The packet itself opens a TCP connection.</summary>
    Syn,
    /// <summary>The packet itself answers who opened a TCP connection.</summary>
    SynAck,
    /// <summary>The packet itself is an ICMP echo request or its reply.</summary>
    Echo,
    /// <summary>The end is an address of a Service, or its NodePort.</summary>
    ServiceAddress,
    /// <summary>The end is an endpoint of a Service at its target port.</summary>
    EndpointPort,
    /// <summary>A container declares the port.</summary>
    ContainerPort,
    /// <summary>The packet is for a multicast group or for everybody, who call nobody.</summary>
    GroupAddress,
    /// <summary>The end was seen to listen: it answered handshakes, was called, or many talk to its one port.</summary>
    ListeningHistory,
    /// <summary>IANA has the port of this end only. A guess.</summary>
    IanaPort,
    /// <summary>The lower port. A guess.</summary>
    LowerPort,
}
