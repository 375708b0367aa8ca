namespace SFlow.Exporter.Agents;

/// <summary>State of an agent, or of a node that should have one. Closed set; the names become label values in snake_case.</summary>
internal enum AgentState : byte
{
    /// <summary>It sends flow samples and counter samples.</summary>
    Ok,
    /// <summary>The node, or we ourselves, are too young for its agent to have been heard.</summary>
    Awaited,
    /// <summary>The node's agent was never heard.</summary>
    NeverSeen,
    /// <summary>Nothing came for 90 seconds.</summary>
    Silent,
    /// <summary>Its sequence began again within the last ten minutes.</summary>
    Restarted,
    /// <summary>Counter samples come, and for five minutes no flow sample did.</summary>
    CountersOnly,
    /// <summary>Flow samples come, and for 150 seconds no counter sample did.</summary>
    FlowsOnly,
    /// <summary>It exports, and no node of the cluster has its address.</summary>
    UnknownSender,
    /// <summary>Nothing more is expected of it: silent, and of no node, or its node speaks by another address now.</summary>
    Gone,
}
