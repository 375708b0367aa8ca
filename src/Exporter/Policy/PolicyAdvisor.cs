using System.Text.Json;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Policy;

/// <summary>Puts the parts of an answer together: kept flows, objects of the cluster, policies, unused rules.</summary>
internal sealed class PolicyAdvisor(IFlowArchive archive, IClusterObjects objects)
{
    /// <summary>Services for names of OpenShift and of other distributions.</summary>
    private static readonly (string Namespace, string Name)[] nameServices = [("openshift-dns", "dns-default"), ("kube-system", "kube-dns")];

    /// <param name="space">The namespace.</param>
    /// <param name="from">Only flows since then, nanoseconds of Unix time.</param>
    /// <param name="mayRead">Whether the reader of the answer may see objects of a namespace.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="IOException">The flows can't be read.</exception>
    public async Task<Suggestion> SuggestAsync(string space, long from, Func<string, bool> mayRead, CancellationToken cancellation)
    {
        SeenTraffic seen = new(space);
        ArchiveReading reading = await archive.ReadAsync(space, from, seen.Add, cancellation);
        ClusterView cluster = new(objects, seen.Workloads, mayRead, cancellation);
        ConnectionResolver resolver = new(seen, cluster);
        IReadOnlyDictionary<PodConnection, Evidence> connections = await resolver.ResolveAsync();
        PolicyBuilder builder = new(space, cluster, connections, await NamesAsync(cluster));
        IReadOnlyList<SuggestedPolicy> policies = await builder.BuildAsync();
        IReadOnlyList<string>? unused = await cluster.PoliciesAsync(space) is { } existing ? await new UnusedRules(space, cluster, connections).FindAsync(existing) : null;
        return new Suggestion(seen, reading.Complete, policies, unused,
        [
            .. builder.Remarks,
            .. resolver.Unresolved.Select(connection => $"No rule for {connection}."),
            .. cluster.Refusals.Select(refusal => refusal.Key == "networkpolicies"
                ? $"Existing policies can't be read, so that unused rules are unknown: {refusal.Value}."
                : $"Objects of kind {refusal.Key} can't be read: {refusal.Value}."),
        ]);
    }

    /// <summary>The pods that resolve names, by the Service that every pod has as its resolver.</summary>
    private static async Task<IReadOnlyList<(PolicyPeer, string, int)>> NamesAsync(ClusterView cluster)
    {
        List<(PolicyPeer, string, int)> found = [];
        foreach ((string space, string name) in nameServices)
        {
            JsonElement service = await cluster.ServiceAsync(space, name);
            if (service.ValueKind == JsonValueKind.Undefined) continue;
            SeenTraffic one = new(space);
            foreach (string protocol in (string[])["UDP", "TCP"])
                foreach ((PolicyPeer server, int port) in await new ConnectionResolver(one, cluster).ServersAsync(new SeenConnection(default, new Party(EndpointKind.Service, space, name), protocol, 53)))
                    found.Add((server, protocol, port));
        }
        return [.. found.Distinct()];
    }
}
