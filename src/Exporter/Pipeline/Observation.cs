namespace SFlow.Exporter.Pipeline;

/// <summary>Where a packet was seen, and so whether this sample of it counts.</summary>
internal enum Observation : byte
{
    /// <summary>Not decided: the sample is faulty.</summary>
    None,
    /// <summary>At the host node of its source: counts.</summary>
    Source,
    /// <summary>Elsewhere while the host node's agent exports: the second sample of one packet, does not count.</summary>
    Destination,
    /// <summary>Elsewhere while the host node's agent is silent: the only witness, counts.</summary>
    Fallback,
    /// <summary>The source has no host node (or the agent is none): counts.</summary>
    Outside,
    /// <summary>Our own sFlow traffic: does not count.</summary>
    Own,
    /// <summary>
    /// Sent again by ovn-controller (an OpenFlow packet-out) after it waited for a neighbour's address; it was sampled when its pod sent it: does not count.
    /// </summary>
    PacketOut,
}
