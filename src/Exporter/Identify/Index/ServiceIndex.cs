using SFlow.Exporter.Identify.Resources;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify.Index;

/// <summary>Services: their addresses and ports.</summary>
internal sealed class ServiceIndex(AddressClaims addresses, PortClaims ports, AddressHistory former, Registries names, TimeProvider time) : KindIndex<ServiceResource, int>
{
    private readonly HashSet<ObjectKey> changed = [];

    /// <summary>The Services that were added, deleted or changed since the last call.</summary>
    public HashSet<ObjectKey>? TakeChanged()
    {
        if (changed.Count == 0) return null;
        HashSet<ObjectKey> taken = [.. changed];
        changed.Clear();
        return taken;
    }

    protected override int Claim(ServiceResource facts)
    {
        int endpoint = names.Endpoints.Intern(new FlowEndpoint
        {
            Kind = EndpointKind.Service,
            Label = facts.Key.Namespace,
            Namespace = facts.Key.Namespace,
            Name = facts.Key.Name,
            OwnerKind = "Service",
            OwnerName = facts.Key.Name,
        }).Id;
        foreach (ServiceAddress entry in facts.Addresses) addresses.Add(entry.Address, ClaimRank.Service, endpoint);
        foreach (NamedPort port in facts.Ports)
        {
            PortClaim claim = Of(facts, port, endpoint);
            foreach (ServiceAddress entry in facts.Addresses) addresses.Add(entry.Address, claim);
            if (port.NodePort > 0) ports.Add(AddressBook.AnyNode, claim with { Port = port.NodePort });
        }
        return endpoint;
    }

    protected override void Release(ServiceResource facts, int place, ServiceResource? successor)
    {
        foreach (NamedPort port in facts.Ports)
        {
            PortClaim claim = Of(facts, port, place);
            foreach (ServiceAddress entry in facts.Addresses) addresses.Remove(entry.Address, claim);
            if (port.NodePort > 0) ports.Remove(AddressBook.AnyNode, claim with { Port = port.NodePort });
        }
        foreach (ServiceAddress entry in facts.Addresses)
        {
            addresses.Remove(entry.Address, ClaimRank.Service, place);
            if (successor?.Addresses.Any(next => next.Address == entry.Address) != true)
                former.Add(entry.Address, new AddressLease(place, 0, time.GetUtcNow().ToUnixTimeMilliseconds()));
        }
    }

    protected override void Changed(ServiceResource? before, ServiceResource? after) => changed.Add((after ?? before)!.Key);

    private PortClaim Of(ServiceResource facts, NamedPort port, int endpoint) =>
        new(port.Protocol, port.Number, ports.Label(facts.Key.Namespace, facts.Key.Name, port.Name, port.Number), endpoint);
}
