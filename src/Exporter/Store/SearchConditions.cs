using Microsoft.Data.Sqlite;
using SFlow.Exporter.Http.Access;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Pipeline.Filters;
using SFlow.Exporter.Store.Blocks;

namespace SFlow.Exporter.Store;

/// <summary>
/// A query, and what its viewer may see, as filters over the columns of a block. Names are looked up once a search, so that each row only compares ids.
/// </summary>
internal sealed class SearchConditions
{
    private const PacketFacts Ip = PacketFacts.IPv4 | PacketFacts.IPv6;

    private readonly List<Filter> filters = [];
    private readonly SqliteConnection connection;

    public SearchConditions(SqliteConnection connection, SearchQuery query, Viewer viewer)
    {
        this.connection = connection;
        if (!viewer.SeesAll) WhereIds(NameIds.Labels(connection, viewer), SearchColumn.SourceEndpoint, SearchColumn.DestinationEndpoint);
        if (query.From is { } from) Where(SearchColumn.Timestamp, time => time >= from);
        if (query.To is { } to) Where(SearchColumn.Timestamp, time => time < to);
        if (query.Counted is { } counted) Where(SearchColumn.Counted, value => value != 0 == counted);
        if (query.Protocol is { } protocol)
        {
            WhereFacts(Ip);
            Where(SearchColumn.Protocol, value => value == protocol);
        }
        if (query.Port is { } port)
        {
            WhereFacts(PacketFacts.Ports);
            Where([SearchColumn.SourcePort, SearchColumn.DestinationPort], value => value == port);
        }
        WhereNamed(query.Namespace, NameIds.Label, SearchColumn.SourceEndpoint, SearchColumn.DestinationEndpoint);
        WhereNamed(query.SourceNamespace, NameIds.Label, SearchColumn.SourceEndpoint);
        WhereNamed(query.DestinationNamespace, NameIds.Label, SearchColumn.DestinationEndpoint);
        WhereNamed(query.Workload, NameIds.Workload, SearchColumn.SourceEndpoint, SearchColumn.DestinationEndpoint);
        WhereNamed(query.Service, NameIds.Service, SearchColumn.SourceService, SearchColumn.DestinationService, SearchColumn.ServerService);
        if (query.Conversation is { } conversation) AddConversation(conversation);
        WhereAddress(query.Address, source: true, destination: true);
        WhereAddress(query.SourceAddress, source: true, destination: false);
        WhereAddress(query.DestinationAddress, source: false, destination: true);
        WhereFilter(query.Filter);
    }

    private delegate void Filter(in BlockView block, Span<bool> wanted);

    /// <summary>A name that the store does not have: nothing can match.</summary>
    public bool MatchNothing { get; private set; }

    /// <summary>Marks the rows of a block that match.</summary>
    public void Apply(in BlockView block, Span<bool> wanted)
    {
        wanted.Fill(true);
        foreach (Filter filter in filters) filter(block, wanted);
    }

    private void Where(SearchColumn column, Func<long, bool> matches) => Where([column], matches);

    private void Where(SearchColumn[] columns, Func<long, bool> matches) => filters.Add((in block, wanted) =>
    {
        Span<bool> any = stackalloc bool[wanted.Length];
        any.Clear();
        foreach (SearchColumn column in columns)
        {
            ColumnView values = block[column];
            for (int i = 0; i < any.Length; i++) any[i] |= matches(values[i]);
        }
        for (int i = 0; i < any.Length; i++) wanted[i] &= any[i];
    });

    /// <summary>Some of these facts are known.</summary>
    private void WhereFacts(PacketFacts some) => Where(SearchColumn.Facts, facts => ((PacketFacts)facts & some) != PacketFacts.None);

    private void WhereNamed(string? name, Func<SqliteConnection, string, bool[]> find, params SearchColumn[] columns)
    {
        if (name is not null) WhereIds(find(connection, name), columns);
    }

    private void WhereIds(bool[] ids, params SearchColumn[] columns)
    {
        MatchNothing |= ids.Length == 0;
        Where(columns, id => (ulong)id < (ulong)ids.Length && ids[id]);
    }

    private void WhereFilter(FlowFilter filter)
    {
        if (filter.IsEmpty) return;
        FilterIds ids = new(
            filter, FilterIds.NeedsEndpoints(filter) ? NameReader.Endpoints(connection) : [], FilterIds.NeedsServices(filter) ? NameReader.Services(connection) : []);
        filters.Add((in block, wanted) =>
        {
            FilteredRow row = new(ids, block);
            for (int i = 0; i < wanted.Length; i++)
            {
                row.Row = i;
                wanted[i] = wanted[i] && filter.Matches(row);
            }
        });
    }

    private void WhereAddress(AddressRange? range, bool source, bool destination)
    {
        if (range is not { } wanted) return;
        filters.Add((in block, matching) =>
        {
            Span<bool> any = stackalloc bool[matching.Length];
            any.Clear();
            if (source) MarkWithin(any, wanted, block[SearchColumn.SourceHigh], block[SearchColumn.SourceLow], block[SearchColumn.Facts]);
            if (destination) MarkWithin(any, wanted, block[SearchColumn.DestinationHigh], block[SearchColumn.DestinationLow], block[SearchColumn.Facts]);
            for (int i = 0; i < any.Length; i++) matching[i] &= any[i];
        });
    }

    private static void MarkWithin(Span<bool> any, AddressRange range, ColumnView high, ColumnView low, ColumnView facts)
    {
        for (int i = 0; i < any.Length; i++)
        {
            Address address = new((ulong)high[i], (ulong)low[i]);
            // A sample without IP packet has no address; "::" of one with such is an address.
            any[i] |= !range.First.IsAbove(address) && !address.IsAbove(range.Last) && (address.IsSome || ((PacketFacts)facts[i] & Ip) != PacketFacts.None);
        }
    }

    private void AddConversation(ConversationText conversation)
    {
        WhereFacts(PacketFacts.Ports);
        Where(SearchColumn.Protocol, value => value == conversation.Protocol);
        (Address, ushort) client = conversation.Client;
        if (conversation.Other is { } server)
        {
            WhereEnds((source, destination) => source == client && destination == server || source == server && destination == client);
            return;
        }
        WhereEnds((source, destination) => source == client || destination == client);
        WhereNamed(conversation.Service, NameIds.ExactService, SearchColumn.ServerService);
    }

    private void WhereEnds(Func<(Address Address, ushort Port), (Address Address, ushort Port), bool> matches) => filters.Add((in block, wanted) =>
    {
        ColumnView sourceHigh = block[SearchColumn.SourceHigh], sourceLow = block[SearchColumn.SourceLow], sourcePort = block[SearchColumn.SourcePort];
        ColumnView destinationHigh = block[SearchColumn.DestinationHigh], destinationLow = block[SearchColumn.DestinationLow];
        ColumnView destinationPort = block[SearchColumn.DestinationPort];
        for (int i = 0; i < wanted.Length; i++)
        {
            if (!wanted[i]) continue;
            Address source = new((ulong)sourceHigh[i], (ulong)sourceLow[i]), destination = new((ulong)destinationHigh[i], (ulong)destinationLow[i]);
            wanted[i] = matches((source, (ushort)sourcePort[i]), (destination, (ushort)destinationPort[i]));
        }
    });
}
