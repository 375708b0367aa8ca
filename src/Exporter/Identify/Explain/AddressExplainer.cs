using SFlow.Exporter.Identify.Facts;
using SFlow.Exporter.Identify.Index;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify.Explain;

/// <summary>Says what an address is by going through everything that is known: slow, and for people.</summary>
internal sealed class AddressExplainer(
    IEnumerable<PodFacts> pods, IEnumerable<NodeFacts> nodes, IEnumerable<ServiceFacts> services, IEnumerable<SliceFacts> slices,
    NamespaceIndex namespaces, IReadOnlyList<Tenure> former, IEnumerable<(Prefix Prefix, string What)> reserved, EndpointRegistry endpoints)
{
    public Explanation Explain(Address address, DateTimeOffset? at, DateTimeOffset now)
    {
        AddressOwner[] live = [.. Pods(address)];
        AddressOwner? present = live.Length > 1
            ? new AddressOwner($"shared by {string.Join(" and ", live.Select(pod => pod.What))}: nobody can say whose a packet is", live[0].How, null, null)
            : live.Concat(Nodes(address)).Concat(Services(address)).FirstOrDefault();
        List<AddressOwner> owners = [.. former.Select(Former)];
        if (present is not null) owners.Add(present);

        DateTimeOffset moment = at ?? now;
        AddressOwner answer = owners.LastOrDefault(owner => !(owner.Since > moment) && !(owner.Until <= moment)) ?? Unowned(address, owners, moment);
        return new Explanation(address.ToString(), moment, answer.What, answer.How, owners) { Namespace = Namespace(answer.Namespace) };
    }

    private NamespaceExplanation? Namespace(string? name)
    {
        if (name is null || namespaces.Count == 0) return null;
        NamespaceFacts? facts = namespaces.Find(new ObjectKey("", name));
        return new NamespaceExplanation(name, facts is not null, Time(facts?.Created ?? 0), Time(facts?.Deleted ?? 0), facts?.DisplayName, facts?.Requester);
    }

    private IEnumerable<AddressOwner> Pods(Address address) => pods
        .Where(pod => pod is { Live: true, HostNetwork: false } && pod.Addresses.Contains(address))
        .Select(pod => new AddressOwner(
            $"pod {pod.Key}{(pod.NodeName is { } node ? $" on {node}" : "")}", "status.podIPs of the pod", Time(pod.Created), null) { Namespace = pod.Key.Namespace });

    private IEnumerable<AddressOwner> Nodes(Address address)
    {
        foreach (NodeFacts node in nodes)
        {
            string name = node.Key.Name;
            foreach (Prefix subnet in node.Subnets.AsEnumerable())
            {
                if (address == subnet.At(2)) yield return new($"ovn-k8s-mp0 of {name}, the agent address of its sFlow", $"second address of {subnet} (annotation k8s.ovn.org/node-subnets of the node)", null, null);
                if (address == subnet.At(1)) yield return new($"router port in the pod subnet of {name}", $"first address of {subnet} (annotation k8s.ovn.org/node-subnets of the node)", null, null);
            }
            foreach (NodeAddressFact entry in node.Addresses.AsEnumerable().Where(entry => entry.Address == address))
                yield return new($"{Role(entry)} {name}", entry.Source.Contains('/') ? $"annotation {entry.Source} of the node" : $"{entry.Source} in status.addresses of the node", null, null);
        }
    }

    private IEnumerable<AddressOwner> Services(Address address) =>
        from service in services
        from entry in service.Addresses.AsEnumerable()
        where entry.Address == address
        select new AddressOwner($"{entry.Role} of Service {service.Key}", "the Service itself", null, null) { Namespace = service.Key.Namespace };

    private AddressOwner Former(Tenure tenure)
    {
        Endpoint endpoint = endpoints[tenure.Endpoint];
        string what = endpoint.Kind == EndpointKind.Pod ? $"pod {endpoint.Namespace}/{endpoint.Name}{(endpoint.NodeName is { } node ? $" on {node}" : "")}" : $"{endpoint.KubernetesKind} {endpoint.Namespace}/{endpoint.Name}";
        return new AddressOwner(what, "remembered: it was deleted, has finished or has changed its address since", tenure.From > 0 ? DateTimeOffset.FromUnixTimeMilliseconds(tenure.From) : null, DateTimeOffset.FromUnixTimeMilliseconds(tenure.Until))
            { Namespace = endpoint.Namespace };
    }

    /// <summary>Nobody's at that time: what stands around it then.</summary>
    private AddressOwner Unowned(Address address, List<AddressOwner> owners, DateTimeOffset moment)
    {
        if (owners.LastOrDefault(owner => owner.Until <= moment) is { } last && !owners.Exists(owner => owner.Since > moment))
            return last with { What = $"nobody's; {last.What} had it until {last.Until:u}, and late samples still go by that name" };
        if (owners.Count > 0 && owners.Find(owner => owner.Since > moment) is { } next) return next with { What = $"nobody known at that time; {next.What} has it since {next.Since:u}" };
        if (slices.FirstOrDefault(slice => slice.Service is not null && slice.Ends.Any(end => end.Address == address)) is { } slice)
            return new($"end of Service {slice.Key.Namespace}/{slice.Service}, neither pod nor node; {Network(address).What}", $"EndpointSlice {slice.Key}", null, null) { Namespace = slice.Key.Namespace };
        return Network(address);
    }

    private AddressOwner Network(Address address)
    {
        (Prefix Prefix, string What) longest = nodes
            .SelectMany(node => node.Subnets.Select(subnet => (subnet, $"address in the pod subnet of {node.Key.Name}; no pod is known there, now or lately")))
            .Concat(reserved).Where(entry => entry.Item1.Contains(address)).MaxBy(entry => entry.Item1.Length);
        return new(longest.What, $"longest known network that holds it: {longest.Prefix}", null, null);
    }

    private static DateTimeOffset? Time(long seconds) => seconds > 0 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    private static string Role(NodeAddressFact entry) => !entry.OfOvn ? "node" : entry.Source.Contains("transit", StringComparison.Ordinal) ? "transit-switch port of" : "join-switch port of";
}
