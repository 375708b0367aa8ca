using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Pipeline.Filters;
using SFlow.Exporter.Store.Blocks;

namespace SFlow.Exporter.Store;

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
