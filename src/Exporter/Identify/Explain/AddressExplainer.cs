using SFlow.Exporter.Identify.Index;
using SFlow.Exporter.Identify.Resources;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify.Explain;

/// <summary>Explains an address by a search through all objects. Slow, for human readers only.</summary>
internal sealed class AddressExplainer(
    IEnumerable<PodResource> pods, IEnumerable<NodeResource> nodes, IEnumerable<NetworkResource> definitions, IEnumerable<ServiceResource> services, IEnumerable<SliceResource> slices,
    NamespaceIndex namespaces, IReadOnlyList<AddressLease> former, IEnumerable<(Prefix Prefix, string What)> reserved, EndpointRegistry endpoints, NetworkNames networkNames)
{
    public Explanation Explain(Address address, DateTimeOffset? at, DateTimeOffset now)
    {
        AddressOwner? present = Present(address);
        List<AddressOwner> owners = [.. former.Select(Former)];
        if (present is not null) owners.Add(present);

        DateTimeOffset moment = at ?? now;
        AddressOwner answer = owners.LastOrDefault(owner => !(owner.Since > moment) && !(owner.Until <= moment)) ?? Unowned(address, owners, moment);
        return new Explanation(address.ToString(), moment, answer.What, answer.How, owners) { Owner = answer, Namespace = Namespace(answer.Namespace), Network = answer.Network };
    }

    /// <summary>The current owner of the address, or several and what they have in common.</summary>
    private AddressOwner? Present(Address address)
    {
        AddressOwner[] live = [.. Pods(address)];
        // An address of a node on one network may belong to a pod on another.
        AddressOwner[] all = [.. live, .. Nodes(address).Concat(Gateways(address)).Where(node => !Array.Exists(live, pod => pod.Network == node.Network))];
        string decides = "the port, tunnel and node of a sample, and the network of its peer, show which one applies";
        if (all.Length == 0) (all, decides) = ([.. Services(address)], "the destination port of a sample shows which one applies");
        all = [.. all.DistinctBy(owner => owner.What)];
        if (all.Length < 2) return all.FirstOrDefault();
        return new AddressOwner($"shared by {string.Join(" and ", all.Select(owner => owner.What))}", $"{string.Join("; ", all.Select(owner => owner.How).Distinct())}; {decides}", null, null)
        {
            Namespace = Array.TrueForAll(all, owner => owner.Namespace == all[0].Namespace) ? all[0].Namespace : null,
            Network = Array.TrueForAll(all, owner => owner.Network == all[0].Network) ? all[0].Network : null,
        };
    }

    /// <summary>OVN's own addresses in a layer-2 network, the same on all nodes.</summary>
    private IEnumerable<AddressOwner> Gateways(Address address)
    {
        foreach (NetworkResource network in definitions.Where(network => network is { Primary: true, Topology: NetworkTopology.Layer2 }))
            foreach (Prefix subnet in network.Subnets.AsEnumerable())
            {
                if (address == subnet.At(1)) yield return new($"gateway of network {network.Name}", $"first address of {subnet} ({network.Kind} {network.Key})", null, null) { Network = network.Name };
                if (address == subnet.At(2)) yield return new($"address of each node itself in network {network.Name}", $"second address of {subnet} ({network.Kind} {network.Key})", null, null) { Network = network.Name };
            }
    }

    private NamespaceExplanation? Namespace(string? name)
    {
        if (name is null || namespaces.Count == 0) return null;
        NamespaceResource? facts = namespaces.Find(new ObjectKey("", name));
        return new NamespaceExplanation(name, facts is not null, Time(facts?.Created ?? 0), Time(facts?.Deleted ?? 0), facts?.DisplayName, facts?.Requester);
    }

    private IEnumerable<AddressOwner> Pods(Address address) =>
        from pod in pods
        where pod is { Live: true, HostNetwork: false }
        from entry in pod.Addresses.AsEnumerable()
        where entry.Address == address
        let network = entry.Network is null ? null : networkNames.Of(entry.Network)
        select new AddressOwner(
            $"pod {pod.Key}{(pod.NodeName is { } node ? $" on {node}" : "")}{On(network)}",
            network is null ? "status.podIPs of the pod" : "annotation k8s.ovn.org/pod-networks of the pod", Time(pod.Created), null)
        { Namespace = pod.Key.Namespace, Network = network };

    private IEnumerable<AddressOwner> Nodes(Address address)
    {
        foreach (NodeResource node in nodes)
        {
            string name = node.Key.Name;
            foreach ((Prefix subnet, string? network) in node.Subnets.AsEnumerable())
            {
                if (address == subnet.At(2) && network is not null)
                    yield return new($"address of {name} itself{On(network)}", $"second address of {subnet} (annotation k8s.ovn.org/node-subnets of the node)", null, null) { Network = network };
                else if (address == subnet.At(2)) yield return new($"ovn-k8s-mp0 of {name}, the agent address of its sFlow", $"second address of {subnet} (annotation k8s.ovn.org/node-subnets of the node)", null, null);
                if (address == subnet.At(1)) yield return new($"router port in the pod subnet of {name}{On(network)}", $"first address of {subnet} (annotation k8s.ovn.org/node-subnets of the node)", null, null) { Network = network };
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

    private AddressOwner Former(AddressLease tenure)
    {
        FlowEndpoint endpoint = endpoints[tenure.Endpoint];
        string what = endpoint.Kind == EndpointKind.Pod ? $"pod {endpoint.Namespace}/{endpoint.Name}{(endpoint.NodeName is { } node ? $" on {node}" : "")}" : $"{endpoint.KubernetesKind} {endpoint.Namespace}/{endpoint.Name}";
        return new AddressOwner(what, "remembered: it was deleted, has finished or has changed its address since", tenure.From > 0 ? DateTimeOffset.FromUnixTimeMilliseconds(tenure.From) : null, DateTimeOffset.FromUnixTimeMilliseconds(tenure.Until))
        { Namespace = endpoint.Namespace, Network = endpoint.Network };
    }

    /// <summary>No owner at that time: what is known around it.</summary>
    private AddressOwner Unowned(Address address, List<AddressOwner> owners, DateTimeOffset moment)
    {
        if (owners.LastOrDefault(owner => owner.Until <= moment) is { } last && !owners.Exists(owner => owner.Since > moment))
            return last with { What = $"no current owner; {last.What} had it until {last.Until:u}, and late samples still use that name" };
        if (owners.Count > 0 && owners.Find(owner => owner.Since > moment) is { } next) return next with { What = $"no known owner at that time; {next.What} has it since {next.Since:u}" };
        if (slices.FirstOrDefault(slice => slice.Service is not null && slice.Ends.Any(end => end.Address == address)) is { } slice)
            return new($"endpoint of Service {slice.Key.Namespace}/{slice.Service}, neither pod nor node; {Network(address).What}", $"EndpointSlice {slice.Key}", null, null) { Namespace = slice.Key.Namespace };
        return Network(address);
    }

    private AddressOwner Network(Address address)
    {
        (Prefix Prefix, string What, string? Network) longest = nodes
            .SelectMany(node => node.Subnets.Select(subnet => (subnet.Prefix, $"address in the pod subnet of {node.Key.Name}{On(subnet.Network)}; no pod is known there, now or lately", subnet.Network)))
            .Concat(definitions.SelectMany(network => network.Subnets.Select(subnet => (subnet, $"address in the subnet of network {network.Name}; no pod is known there, now or lately", network.Name))))
            .Concat(definitions.SelectMany(network => network.Inner.Select(subnet => (subnet, $"address of OVN's own ports of network {network.Name}", network.Name))))
            .Concat(reserved.Select(entry => (entry.Prefix, entry.What, (string?)null)))
            .Where(entry => entry.Item1.Contains(address)).MaxBy(entry => entry.Item1.Length);
        return new(longest.What, $"longest known network that holds it: {longest.Prefix}", null, null) { Network = longest.Network };
    }

    private static string On(string? network) => network is null ? "" : $" in network {network}";

    private static DateTimeOffset? Time(long seconds) => seconds > 0 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    private static string Role(NodeAddressFact entry) => !entry.OfOvn ? "node" : entry.Source.Contains("transit", StringComparison.Ordinal) ? "transit-switch port of" : "join-switch port of";
}
