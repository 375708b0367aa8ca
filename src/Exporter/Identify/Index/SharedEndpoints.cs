using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify.Index;

/// <summary>Makes the endpoint of an address with several claimants, with what they have in common.</summary>
internal sealed class SharedEndpoints(EndpointRegistry endpoints)
{
    /// <summary>The endpoint of one claimant, or of several together. The same claimants always get the same endpoint.</summary>
    public int Of(IReadOnlyCollection<int> claimants) => claimants.Count == 1 ? claimants.First() : Share([.. claimants.Order()]);

    private int Share(int[] claimants)
    {
        FlowEndpoint[] all = [.. claimants.Select(id => endpoints[id])];
        EndpointKind? kind = Common(all, endpoint => (EndpointKind?)endpoint.Kind);
        string? label = Common(all, endpoint => endpoint.Label);
        // Pods of several namespaces have no common name.
        bool named = kind is not null && label is not null;
        bool owned = Common(all, endpoint => (endpoint.OwnerKind, endpoint.OwnerName)) is { OwnerName: not null };
        return endpoints.Intern(new FlowEndpoint
        {
            Kind = named ? kind!.Value : EndpointKind.Unknown,
            Label = named ? label! : ReservedLabels.Unknown,
            Namespace = named ? Common(all, endpoint => endpoint.Namespace) : null,
            Name = named ? Common(all, endpoint => endpoint.Name) : null,
            OwnerKind = named && owned ? all[0].OwnerKind : null,
            OwnerName = named && owned ? all[0].OwnerName : null,
            NodeName = Common(all, endpoint => endpoint.NodeName),
            Zone = Common(all, endpoint => endpoint.Zone),
            Region = Common(all, endpoint => endpoint.Region),
            Network = Common(all, endpoint => endpoint.Network),
            HostNode = Common(all, endpoint => (int?)endpoint.HostNode) ?? -1,
            Node = Common(all, endpoint => (int?)endpoint.Node) ?? -1,
            Claimants = claimants,
        }).Id;
    }

    /// <summary>The common value, or null.</summary>
    private static T? Common<T>(FlowEndpoint[] all, Func<FlowEndpoint, T?> of)
    {
        T? first = of(all[0]);
        return Array.TrueForAll(all, endpoint => EqualityComparer<T?>.Default.Equals(of(endpoint), first)) ? first : default;
    }
}
