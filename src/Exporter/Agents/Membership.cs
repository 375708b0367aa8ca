namespace SFlow.Exporter.Agents;

/// <summary>What an agent is to the cluster; each group has a bound of its own, so that none fills the places of another.</summary>
internal enum Membership : byte
{
    /// <summary>Of no node and no CIDR that is allowed by name, while a cluster is known.</summary>
    Stranger,
    /// <summary>Allowed by a CIDR, or by default while no cluster is known.</summary>
    Welcome,
    /// <summary>A node of the cluster has its address.</summary>
    Node,
}
