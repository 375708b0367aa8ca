namespace SFlow.Exporter.Pipeline;

/// <summary>Observation point of a packet. It decides whether the sample counts.</summary>
internal enum Observation : byte
{
    /// <summary>Not decided: the sample is faulty.</summary>
    None,
    /// <summary>At the host node of its source: counts.</summary>
    Source,
    /// <summary>At another node, and the agent of the host node exports: the second sample of the packet. Does not count.</summary>
    Destination,
    /// <summary>At another node, and the agent of the host node is silent: the only sample. Counts.</summary>
    Fallback,
    /// <summary>The source has no host node, or the agent belongs to no node. Counts.</summary>
    Outside,
    /// <summary>Our own sFlow traffic: does not count.</summary>
    Own,
    /// <summary>
    /// Sent again by ovn-controller (an OpenFlow packet-out) after it waited for a neighbour's address. It counted when its pod sent it. Does not count.
    /// </summary>
    PacketOut,
}
