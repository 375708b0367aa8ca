namespace SFlow.Exporter.Pipeline;

/// <summary>How the server was determined, strongest evidence first. The member names become label values in snake_case.</summary>
internal enum ServerReason : byte
{
    /// <summary>Not determined: no ports, or no rule distinguishes the two sides.</summary>
    None,
    /// <summary>The packet itself opens a TCP connection.</summary>
    Syn,
    /// <summary>The packet itself accepts a TCP connection.</summary>
    SynAck,
    /// <summary>The packet itself is an ICMP echo request or its reply.</summary>
    Echo,
    /// <summary>The server is an address of a Service, or its NodePort.</summary>
    ServiceAddress,
    /// <summary>The server is an endpoint of a Service at its target port.</summary>
    EndpointPort,
    /// <summary>A container declares the port.</summary>
    ContainerPort,
    /// <summary>The destination is a multicast group or the broadcast address, which never call.</summary>
    GroupAddress,
    /// <summary>The server was seen to listen: it answered handshakes, was called, or many peers talk to its one port.</summary>
    ListeningHistory,
    /// <summary>Only the port of this side is registered with IANA. A heuristic.</summary>
    IanaPort,
    /// <summary>The lower port. A heuristic.</summary>
    LowerPort,
}
