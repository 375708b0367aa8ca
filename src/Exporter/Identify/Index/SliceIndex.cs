using SFlow.Exporter.Identify.Resources;

namespace SFlow.Exporter.Identify.Index;

/// <summary>EndpointSlices: the pods or outside addresses behind each port of a Service.</summary>
internal sealed class SliceIndex(AddressClaims addresses, PortClaims ports, ServiceIndex services, NetworkNames networkNames) : KindIndex<SliceResource, PortClaim[]>
{
    /// <summary>Updates the claims after changes of Services.</summary>
    public void Settle(HashSet<ObjectKey>? changedServices)
    {
        if (changedServices is null) return;
        Renew((slice, claims) => slice.Service is { } name && changedServices.Contains(new ObjectKey(slice.Key.Namespace, name)) && !Claims(slice).SequenceEqual(claims));
    }

    protected override PortClaim[] Claim(SliceResource facts)
    {
        PortClaim[] claims = Claims(facts);
        foreach (SliceEnd end in facts.Ends)
        {
            addresses.AddEnd(end.Address, 1);
            foreach (PortClaim claim in claims) addresses.Add(end.Address, claim);
        }
        return claims;
    }

    protected override void Release(SliceResource facts, PortClaim[] place, SliceResource? successor)
    {
        foreach (SliceEnd end in facts.Ends)
        {
            addresses.AddEnd(end.Address, -1);
            foreach (PortClaim claim in place) addresses.Remove(end.Address, claim);
        }
    }

    protected override void Changed(SliceResource? before, SliceResource? after)
    {
        networkNames.Know(after?.Network, 1);
        networkNames.Know(before?.Network, -1);
    }

    /// <summary>Ports of a slice are those of the pods. The Service has the published number.</summary>
    private PortClaim[] Claims(SliceResource slice)
    {
        if (slice.Service is not { } name) return [];
        ServiceResource? service = services.Find(new ObjectKey(slice.Key.Namespace, name));
        List<PortClaim> claims = [];
        int scope = ports.Scope(slice.Key.Namespace, slice.Network);
        foreach (NamedPort port in slice.Ports)
        {
            NamedPort published = service is null ? default : service.Ports.FirstOrDefault(entry => entry.Name == port.Name);
            ushort number = published.Number > 0 ? published.Number : port.Number;
            claims.Add(new PortClaim(port.Protocol, port.Number, ports.Label(slice.Key.Namespace, name, port.Name, number), scope));
        }
        return [.. claims];
    }
}
