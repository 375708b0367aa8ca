using System.Runtime.CompilerServices;

namespace SFlow.Exporter.Pipeline;

/// <summary>What makes a host of the history: a workload on a node. Missing names are empty.</summary>
internal readonly record struct HostIdentity(
    EndpointKind Kind, string Label, string OwnerKind, string OwnerName, string Node, string Zone, string Region, string Network)
{
    public static HostIdentity Of(FlowEndpoint endpoint) => new(
        endpoint.Kind, CleanText.Of(endpoint.Label), CleanText.Of(endpoint.OwnerKind), CleanText.Of(endpoint.OwnerName),
        CleanText.Of(endpoint.NodeName), CleanText.Of(endpoint.Zone), CleanText.Of(endpoint.Region), CleanText.Of(endpoint.Network));
}

/// <summary>Numbers endpoints by their <see cref="HostIdentity"/>. The pods of a workload on a node share a number. Read without a lock.</summary>
internal sealed class HostNumbers
{
    private readonly Registry<FlowEndpoint> hosts = new();
    private readonly Dictionary<HostIdentity, int> numbers = [];
    private volatile int[] ofEndpoints = new int[64];

    /// <summary>The first endpoint of a host.</summary>
    public FlowEndpoint this[int host] => hosts[host];

    /// <summary>The number of an endpoint's host.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Of(int endpoint) => ofEndpoints[endpoint];

    /// <summary>Numbers a new endpoint. Callers hold the lock of the endpoints, and publish the endpoint's id afterwards.</summary>
    public void Keep(FlowEndpoint endpoint)
    {
        HostIdentity identity = HostIdentity.Of(endpoint);
        if (!numbers.TryGetValue(identity, out int number))
        {
            number = hosts.Count;
            hosts.Add(_ => endpoint);
            numbers.Add(identity, number);
        }
        int[] kept = ofEndpoints;
        if (endpoint.Id == kept.Length) Array.Resize(ref kept, kept.Length * 2);
        kept[endpoint.Id] = number;
        ofEndpoints = kept;
    }
}
