namespace SFlow.Exporter.Pipeline.Filters;

/// <summary>The names of one host by which traffic is grouped and selected. A missing name is null.</summary>
/// <param name="Namespace">Namespace label: a namespace, or a reserved value such as <c>@internet</c>.</param>
/// <param name="Kind">Kind of the top owner.</param>
/// <param name="Workload">Name of the top owner.</param>
/// <param name="Node">Node of the host.</param>
/// <param name="Zone">Zone of that node.</param>
/// <param name="Network">See <see cref="NetworkOf"/>.</param>
internal readonly record struct HostNames(string Namespace, string? Kind, string? Workload, string? Node, string? Zone, string? Network)
{
    /// <summary>The default network of the cluster.</summary>
    public const string ClusterNetwork = "@cluster";

    public static HostNames Of(FlowEndpoint endpoint) =>
        new(endpoint.Label, Some(endpoint.OwnerKind), Some(endpoint.OwnerName), Some(endpoint.NodeName), Some(endpoint.Zone), NetworkOf(endpoint));

    /// <summary>The user-defined network, the named network or other outside label, or <see cref="ClusterNetwork"/>; null for what is no host.</summary>
    public static string? NetworkOf(FlowEndpoint endpoint) => endpoint.Kind switch
    {
        >= EndpointKind.NamedNetwork => endpoint.Label,
        EndpointKind.Unknown or EndpointKind.Multicast or EndpointKind.Link => Some(endpoint.Network),
        _ => Some(endpoint.Network) ?? ClusterNetwork,
    };

    private static string? Some(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
