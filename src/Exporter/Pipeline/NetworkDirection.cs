namespace SFlow.Exporter.Pipeline;

/// <summary>Where a packet goes, seen from the border of the cluster. The words of <c>network.direction</c> in ECS.</summary>
internal enum NetworkDirection : byte
{
    /// <summary>One of the two addresses is not known.</summary>
    Unknown,
    /// <summary>Both ends are in the cluster: pods, Services, nodes, addresses of OVN, and groups or links that packets do not leave.</summary>
    Internal,
    /// <summary>Into the cluster.</summary>
    Inbound,
    /// <summary>Out of the cluster.</summary>
    Outbound,
    /// <summary>Both ends are outside.</summary>
    External,
}

/// <summary>The direction by the kinds of both ends.</summary>
internal static class ClusterBorder
{
    public static NetworkDirection Direction(EndpointKind source, EndpointKind destination)
    {
        if (source == EndpointKind.Unknown || destination == EndpointKind.Unknown) return NetworkDirection.Unknown;
        return (IsInside(source), IsInside(destination)) switch
        {
            (true, true) => NetworkDirection.Internal,
            (true, false) => NetworkDirection.Outbound,
            (false, true) => NetworkDirection.Inbound,
            (false, false) => NetworkDirection.External,
        };
    }

    private static bool IsInside(EndpointKind kind) => kind is not (EndpointKind.NamedNetwork or EndpointKind.Private or EndpointKind.Internet);
}
