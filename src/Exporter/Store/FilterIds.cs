using Microsoft.Data.Sqlite;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Pipeline.Filters;
using SFlow.Exporter.Store.Blocks;

namespace SFlow.Exporter.Store;

/// <summary>
/// A filter over the tables of names: for each term, which ids of endpoints or services match. Names are compared once a search, so that each row only
/// compares ids. Ids that the tables lack match nothing.
/// </summary>
internal sealed class FilterIds
{
    private readonly bool[][] matching;
    private readonly FlowEndpoint?[] endpoints = [];

    public FilterIds(SqliteConnection connection, FlowFilter filter)
    {
        Filter = filter;
        matching = new bool[filter.Terms.Count][];
        if (filter.Terms.Any(term => IsOfEndpoint(term) || term.Key == FilterKey.Locality)) endpoints = NameReader.Endpoints(connection);
        HostNames?[] hosts = [.. endpoints.Select(endpoint => endpoint is null ? (HostNames?)null : HostNames.Of(endpoint))];
        string?[] services = filter.Terms.Any(term => term.Key == FilterKey.Service) ? NameReader.Services(connection) : [];
        for (int i = 0; i < matching.Length; i++)
        {
            FilterTerm term = filter.Terms[i];
            if (IsOfEndpoint(term)) matching[i] = [.. hosts.Select(host => host is { } names && term.Matches(names))];
            else if (term.Key == FilterKey.Service) matching[i] = [.. services.Select((name, id) => (id == 0 || name is not null) && term.Matches(name))];
            else matching[i] = [];
        }
    }

    public FlowFilter Filter { get; }

    /// <summary>Whether the endpoint or service matches the term.</summary>
    public bool Has(int term, long id) => (ulong)id < (ulong)matching[term].Length && matching[term][id];

    /// <summary>Distance between two endpoints.</summary>
    public string LocalityOf(long source, long destination, bool isNodePort) =>
        EndpointOf(source) is { } from && EndpointOf(destination) is { } to ? Localities.Between(from, to, isNodePort) : SnakeCase.Of(Locality.Unknown);

    private FlowEndpoint? EndpointOf(long id) => (ulong)id < (ulong)endpoints.Length ? endpoints[id] : null;

    private static bool IsOfEndpoint(FilterTerm term) => term.Side != FilterSide.Flow && term.Key is not (FilterKey.Address or FilterKey.Port);
}

/// <summary>One row of a block, as a filter asks it.</summary>
internal ref struct FilteredRow(FilterIds ids, BlockView block) : IFilteredFlow
{
    private const PacketFacts Ip = PacketFacts.IPv4 | PacketFacts.IPv6;

    private readonly ColumnView facts = block[SearchColumn.Facts], protocol = block[SearchColumn.Protocol], counted = block[SearchColumn.Counted];
    private readonly ColumnView service = block[SearchColumn.ServerService];
    private readonly HostColumns source = new(
        block[SearchColumn.SourceEndpoint], block[SearchColumn.SourcePort], block[SearchColumn.SourceHigh], block[SearchColumn.SourceLow]);
    private readonly HostColumns destination = new(
        block[SearchColumn.DestinationEndpoint], block[SearchColumn.DestinationPort], block[SearchColumn.DestinationHigh], block[SearchColumn.DestinationLow]);

    /// <summary>The row at hand.</summary>
    public int Row { get; set; }

    private readonly PacketFacts Facts => (PacketFacts)facts[Row];

    public readonly bool Matches(int term) => ids.Filter.Terms[term].Key switch
    {
        FilterKey.Service => ids.Has(term, service[Row]),
        FilterKey.Locality => ids.Filter.Terms[term].Matches(ids.LocalityOf(source.Endpoint[Row], destination.Endpoint[Row], BlockColumns.IsNodePort(facts[Row]))),
        FilterKey.Protocol => (Facts & Ip) != PacketFacts.None && ids.Filter.Terms[term].Matches(protocol[Row]),
        _ => ids.Filter.Terms[term].Matches(counted[Row]),
    };

    public readonly bool MatchesHost(int term, bool source)
    {
        HostColumns host = source ? this.source : destination;
        FilterTerm asked = ids.Filter.Terms[term];
        return asked.Key switch
        {
            FilterKey.Address => new Address((ulong)host.High[Row], (ulong)host.Low[Row]) is var address
                && (address.IsSome || (Facts & Ip) != PacketFacts.None) && asked.Matches(address),
            FilterKey.Port => (Facts & PacketFacts.Ports) != PacketFacts.None && asked.Matches(host.Port[Row]),
            _ => ids.Has(term, host.Endpoint[Row]),
        };
    }

    /// <summary>Columns of one host.</summary>
    private readonly ref struct HostColumns(ColumnView endpoint, ColumnView port, ColumnView high, ColumnView low)
    {
        public readonly ColumnView Endpoint = endpoint, Port = port, High = high, Low = low;
    }
}
