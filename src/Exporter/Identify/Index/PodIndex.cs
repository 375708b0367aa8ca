using SFlow.Exporter.Identify.Resources;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify.Index;

/// <summary>Pods: their addresses, workload, node, and declared ports.</summary>
internal sealed class PodIndex(
    AddressClaims addresses, NodeIndex nodes, NetworkNames networkNames, Func<string, ObjectKey, Owner?> ownerOf, AddressHistory former, Registries names, TimeProvider time)
    : KindIndex<PodResource, PodIndex.Endpoints>
{
    /// <summary>The endpoints that one pod is.</summary>
    /// <param name="Default">On the default network; 0 without its own address.</param>
    /// <param name="Networks">By position among its addresses, on the network of the address; null for a pod on the default network only.</param>
    internal readonly record struct Endpoints(int Default, int[]? Networks)
    {
        public int At(int place) => Networks is null ? Default : Networks[place];
    }

    /// <summary>Updates the claims after changes of nodes, owners and network names.</summary>
    public void Settle(HashSet<string>? changedNodes, HashSet<Owner> changedOwners)
    {
        bool namesChanged = networkNames.TakeChanged();
        if (changedNodes is null && changedOwners.Count == 0 && !namesChanged) return;
        Renew((pod, known) => known.Default > 0
            && (pod.NodeName is { } node && changedNodes?.Contains(node) == true || pod.Controller is { } owner && changedOwners.Contains(owner) || namesChanged && known.Networks is not null)
            && !IsSame(Of(pod), known));
        changedOwners.Clear();
    }

    protected override Endpoints Claim(PodResource facts)
    {
        Endpoints known = Of(facts);
        for (int place = 0; facts.Live && place < facts.Addresses.Count; place++)
        {
            Address address = facts.Addresses[place].Address;
            int endpoint = known.At(place);
            if (endpoint > 0) addresses.Add(address, ClaimRank.Pod, endpoint);
            foreach (NamedPort port in facts.Ports) addresses.Add(address, new PortClaim(port.Protocol, port.Number, 0, endpoint));
        }
        return known;
    }

    protected override void Release(PodResource facts, Endpoints place, PodResource? successor)
    {
        for (int at = 0; facts.Live && at < facts.Addresses.Count; at++)
        {
            Address address = facts.Addresses[at].Address;
            int endpoint = place.At(at);
            foreach (NamedPort port in facts.Ports) addresses.Remove(address, new PortClaim(port.Protocol, port.Number, 0, endpoint));
            if (endpoint == 0) continue;
            addresses.Remove(address, ClaimRank.Pod, endpoint);
            if (successor is { Live: true, HostNetwork: false } && successor.Addresses.Contains(facts.Addresses[at]) && successor.Created == facts.Created) continue;
            former.Add(address, new AddressLease(endpoint, facts.Created * 1000, time.GetUtcNow().ToUnixTimeMilliseconds()));
        }
    }

    private static bool IsSame(Endpoints one, Endpoints other) => one.Default == other.Default && one.Networks.AsSpan().SequenceEqual(other.Networks);

    private Endpoints Of(PodResource pod)
    {
        if (!pod.Live || pod.HostNetwork) return default;
        FlowEndpoint endpoint = Endpoint(pod);
        int first = names.Endpoints.Intern(endpoint).Id;
        int[]? networks = null;
        for (int place = 0; place < pod.Addresses.Count; place++)
        {
            if (pod.Addresses[place].Network is not { } key) continue;
            if (networks is null) Array.Fill(networks = new int[pod.Addresses.Count], first);
            networks[place] = names.Endpoints.Intern(endpoint with { Network = networkNames.Of(key) }).Id;
        }
        return new Endpoints(first, networks);
    }

    private FlowEndpoint Endpoint(PodResource pod)
    {
        (int Id, NodeResource Facts)? home = pod.NodeName is { } name ? nodes.Find(name) : null;
        Owner owner = pod.Controller is null ? new Owner("Pod", pod.Key.Name)
            : ownerOf(pod.Controller.Kind, new ObjectKey(pod.Key.Namespace, pod.Controller.Name)) ?? pod.Presumed ?? pod.Controller;
        return new FlowEndpoint
        {
            Kind = EndpointKind.Pod,
            Label = pod.Key.Namespace,
            Namespace = pod.Key.Namespace,
            Name = pod.Key.Name,
            OwnerKind = owner.Kind,
            OwnerName = owner.Name,
            NodeName = pod.NodeName,
            Zone = home?.Facts.Zone,
            Region = home?.Facts.Region,
            HostNode = home?.Id ?? -1,
        };
    }
}
