namespace SFlow.Exporter.Pipeline.Filters;

/// <summary>
/// A filter over tables of names: for each term, which ids of endpoints or services match. Names are compared once, so that each row only compares ids.
/// Ids that the tables lack match nothing.
/// </summary>
internal sealed class FilterIds
{
    private readonly bool[][] matching;
    private readonly FlowEndpoint?[] endpoints;

    /// <param name="filter">The filter.</param>
    /// <param name="endpoints">Endpoints by id; empty if the filter <see cref="NeedsEndpoints"/> not.</param>
    /// <param name="services">Services by id, of which 0 is none; empty if the filter <see cref="NeedsServices"/> not.</param>
    public FilterIds(FlowFilter filter, FlowEndpoint?[] endpoints, string?[] services)
    {
        (Filter, this.endpoints) = (filter, endpoints);
        matching = new bool[filter.Terms.Count][];
        HostNames?[] hosts = [.. endpoints.Select(endpoint => endpoint is null ? (HostNames?)null : HostNames.Of(endpoint))];
        for (int i = 0; i < matching.Length; i++)
        {
            FilterTerm term = filter.Terms[i];
            if (IsOfEndpoint(term)) matching[i] = [.. hosts.Select(host => host is { } names && term.Matches(names))];
            else if (term.Key == FilterKey.Service) matching[i] = [.. services.Select((name, id) => (id == 0 || name is not null) && term.Matches(name))];
            else matching[i] = [];
        }
    }

    public FlowFilter Filter { get; }

    public static bool NeedsEndpoints(FlowFilter filter) => filter.Terms.Any(term => IsOfEndpoint(term) || term.Key == FilterKey.Locality);

    public static bool NeedsServices(FlowFilter filter) => filter.Terms.Any(term => term.Key == FilterKey.Service);

    /// <summary>Whether the endpoint or service matches the term.</summary>
    public bool Has(int term, long id) => (ulong)id < (ulong)matching[term].Length && matching[term][id];

    /// <summary>Distance between two endpoints.</summary>
    public string LocalityOf(long source, long destination, bool isNodePort) =>
        EndpointOf(source) is { } from && EndpointOf(destination) is { } to ? Localities.Between(from, to, isNodePort) : SnakeCase.Of(Locality.Unknown);

    private FlowEndpoint? EndpointOf(long id) => (ulong)id < (ulong)endpoints.Length ? endpoints[id] : null;

    private static bool IsOfEndpoint(FilterTerm term) => term.Side != FilterSide.Flow && term.Key is not (FilterKey.Address or FilterKey.Port);
}
