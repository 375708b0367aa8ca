namespace SFlow.Exporter.Pipeline.Filters;

/// <summary>A flow with the ids of registries, as a filter asks it: for captures and live records. Not for the hot path.</summary>
internal readonly ref struct FilteredFlow : IFilteredFlow
{
    private readonly FlowFilter filter;
    private readonly ref readonly Flow flow;
    private readonly HostNames source, destination;
    private readonly Registries names;

    public FilteredFlow(FlowFilter filter, Registries names, in Flow flow)
    {
        (this.filter, this.names) = (filter, names);
        this.flow = ref flow;
        (source, destination) = (HostNames.Of(names.Endpoints[flow.SourceEndpoint]), HostNames.Of(names.Endpoints[flow.DestinationEndpoint]));
    }

    private bool IsIp => (flow.Facts & (PacketFacts.IPv4 | PacketFacts.IPv6)) != PacketFacts.None;

    public bool Matches(int term)
    {
        FilterTerm asked = filter.Terms[term];
        return asked.Key switch
        {
            FilterKey.Service => asked.Matches(flow.ServerService == 0 ? null : names.Services[flow.ServerService]),
            FilterKey.Locality => asked.Matches(new Localities(names) is var localities ? localities.NameOf(localities.Of(flow)) : null),
            FilterKey.Protocol => IsIp && asked.Matches(flow.Protocol),
            _ => asked.Matches(flow.Counted ? 1 : 0),
        };
    }

    public bool MatchesHost(int term, bool source)
    {
        FilterTerm asked = filter.Terms[term];
        return asked.Key switch
        {
            // A sample without an IP packet has no address; "::" in one with such is an address.
            FilterKey.Address => (source ? flow.Source : flow.Destination) is var address && (address.IsSome || IsIp) && asked.Matches(address),
            FilterKey.Port => flow.Has(PacketFacts.Ports) && asked.Matches(source ? flow.SourcePort : flow.DestinationPort),
            _ => asked.Matches(source ? this.source : destination),
        };
    }
}
