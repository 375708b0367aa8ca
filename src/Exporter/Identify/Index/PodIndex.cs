using SFlow.Exporter.Identify.Facts;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify.Index;

/// <summary>Pods: their addresses, the workload and the node that they belong to, the ports that they declare.</summary>
internal sealed class PodIndex(AddressClaims addresses, NodeIndex nodes, Func<string, ObjectKey, Owner?> ownerOf, FormerOwners former, Names names, TimeProvider time)
    : KindIndex<PodFacts, int>
{
    /// <summary>Takes account of nodes and owners that changed.</summary>
    public void Settle(HashSet<string>? changedNodes, HashSet<Owner> changedOwners)
    {
        if (changedNodes is null && changedOwners.Count == 0) return;
        Renew((pod, endpoint) => endpoint > 0
            && (pod.NodeName is { } node && changedNodes?.Contains(node) == true || pod.Controller is { } owner && changedOwners.Contains(owner))
            && names.Endpoints.Intern(Endpoint(pod)).Id != endpoint);
        changedOwners.Clear();
    }

    protected override int Claim(PodFacts facts)
    {
        int endpoint = facts.Live && !facts.HostNetwork ? names.Endpoints.Intern(Endpoint(facts)).Id : 0;
        foreach (Address address in facts.Live ? facts.Addresses : default)
        {
            if (endpoint > 0) addresses.Add(address, ClaimRank.Pod, endpoint);
            foreach (NamedPort port in facts.Ports) addresses.Add(address, new PortClaim(port.Protocol, port.Number, 0));
        }
        return endpoint;
    }

    protected override void Release(PodFacts facts, int place, PodFacts? successor)
    {
        foreach (Address address in facts.Live ? facts.Addresses : default)
        {
            foreach (NamedPort port in facts.Ports) addresses.Remove(address, new PortClaim(port.Protocol, port.Number, 0));
            if (place == 0) continue;
            addresses.Remove(address, ClaimRank.Pod, place);
            if (successor is { Live: true, HostNetwork: false } && successor.Addresses.Contains(address) && successor.Created == facts.Created) continue;
            former.Add(address, new Tenure(place, facts.Created * 1000, time.GetUtcNow().ToUnixTimeMilliseconds()));
        }
    }

    private Endpoint Endpoint(PodFacts pod)
    {
        (int Id, NodeFacts Facts)? home = pod.NodeName is { } name ? nodes.Find(name) : null;
        Owner owner = pod.Controller is null ? new Owner("Pod", pod.Key.Name)
            : ownerOf(pod.Controller.Kind, new ObjectKey(pod.Key.Namespace, pod.Controller.Name)) ?? pod.Presumed ?? pod.Controller;
        return new Endpoint
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
            HomeNode = home?.Id ?? -1,
        };
    }
}
