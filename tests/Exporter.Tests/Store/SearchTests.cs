using Microsoft.Extensions.Primitives;
using SFlow.Exporter.Http;
using SFlow.Exporter.Http.Access;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Store;

namespace SFlow.Exporter.Tests.Store;

public class SearchTests
{
    private const PacketFacts Ip = PacketFacts.IPv4 | PacketFacts.IPv6;

    /// <summary>Each filter as its query string and as a computation over the records themselves.</summary>
    private static readonly Dictionary<string, Func<Flow, Registries, bool>> Filters = new()
    {
        ["namespace=team-3"] = (r, n) => Source(r, n).Label == "team-3" || Destination(r, n).Label == "team-3",
        ["namespace=@internet"] = (r, n) => Source(r, n).Label == "@internet" || Destination(r, n).Label == "@internet",
        ["source_namespace=team-3"] = (r, n) => Source(r, n).Label == "team-3",
        ["destination_namespace=team-3"] = (r, n) => Destination(r, n).Label == "team-3",
        ["source_namespace=team-1&destination_namespace=team-2"] = (r, n) => Source(r, n).Label == "team-1" && Destination(r, n).Label == "team-2",
        ["workload=web-4"] = (r, n) => IsWorkload(Source(r, n)) || IsWorkload(Destination(r, n)),
        ["workload=Deployment/web-4"] = (r, n) =>
            Owns(Source(r, n), "Deployment", "web-4") || Owns(Destination(r, n), "Deployment", "web-4"),
        ["workload=pod/web-6"] = (r, n) => IsPod(Source(r, n)) || IsPod(Destination(r, n)),
        ["address=10.128.0.77"] = (r, _) => Text(r.Source) == "10.128.0.77" || Text(r.Destination) == "10.128.0.77",
        ["address=10.128.16.0/20"] = (r, _) => InSixteens(r.Source) || InSixteens(r.Destination),
        ["source_address=10.128.16.0/20"] = (r, _) => InSixteens(r.Source),
        ["destination_address=10.128.16.0/20"] = (r, _) => InSixteens(r.Destination),
        ["address=fd01:0:0:2::/64"] = (r, _) => Begins(r.Source, "fd01:0:0:2:") || Begins(r.Destination, "fd01:0:0:2:"),
        ["address=0.0.0.0/0"] = (r, _) => r.Has(PacketFacts.IPv4),
        ["address=::/0"] = (r, _) => (r.Facts & Ip) != PacketFacts.None,
        ["port=443"] = (r, _) => r.Has(PacketFacts.Ports) && (r.SourcePort == 443 || r.DestinationPort == 443),
        ["port=0"] = (_, _) => false,
        ["protocol=tcp"] = (r, _) => (r.Facts & Ip) != PacketFacts.None && r.Protocol == 6,
        ["protocol=ICMP"] = (r, _) => (r.Facts & Ip) != PacketFacts.None && r.Protocol == 1,
        ["protocol=200"] = (r, _) => (r.Facts & Ip) != PacketFacts.None && r.Protocol == 200,
        ["protocol=0"] = (_, _) => false,
        ["service=team-1/web-5:http"] = (r, n) => Services(r, n).Contains("team-1/web-5:http"),
        ["service=team-1/web-5"] = (r, n) => Services(r, n).Any(service => service is "team-1/web-5:http" or "team-1/web-5:metrics"),
        ["service=@tcp/443"] = (r, n) => Services(r, n).Contains("@tcp/443"),
        ["counted=true"] = (r, _) => r.Counted,
        ["counted=false"] = (r, _) => !r.Counted,
        ["from=2027-01-15T08:01:00Z"] = (r, _) => r.TimestampNanoseconds >= 1_800_000_060_000_000_000,
        ["to=2027-01-15T08:01:00Z"] = (r, _) => r.TimestampNanoseconds < 1_800_000_060_000_000_000,
        ["from=2027-01-15T08:00:30Z&to=2027-01-15T09:00:40%2B01:00"] = (r, _) =>
            r.TimestampNanoseconds is >= 1_800_000_030_000_000_000 and < 1_800_000_040_000_000_000,
        ["namespace=team-3&protocol=tcp&counted=true&address=10.128.0.0/16&from=2027-01-15T08:00:10Z"] = (r, n) =>
            (Source(r, n).Label == "team-3" || Destination(r, n).Label == "team-3") && r.Protocol == 6 && r.Counted
            && (Begins(r.Source, "10.128.") || Begins(r.Destination, "10.128."))
            && r.TimestampNanoseconds >= 1_800_000_010_000_000_000,
        ["namespace=absent"] = (_, _) => false,
        [""] = (_, _) => true,
    };

    [Fact]
    public async Task Each_filter_gives_what_a_computation_over_the_same_records_gives()
    {
        using StoreFixture fixture = new(new SampleFlows());
        fixture.Store.Open();
        Flow[] records = fixture.Flows.Make(5_000);
        foreach (Flow[] chunk in records.Chunk(512)) fixture.Write(chunk);
        using RecordSearch search = fixture.Search();
        int matched = 0;
        foreach ((string text, Func<Flow, Registries, bool> matches) in Filters)
        {
            ulong[] expected = [.. records.Where(record => matches(record, fixture.Flows.Registries)).Select(record => record.IdLow).Reverse()];
            (List<StoredFlow> found, _) = await PagesAsync(search, text);
            Assert.True(expected.SequenceEqual(found.Select(flow => flow.Record.IdLow)),
                $"{text}: {found.Count} instead of {expected.Length}");
            matched += expected.Length;
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{Filters.Count} filters, {matched} matches");
        Assert.True(matched > 10_000);
    }

    [Fact]
    public async Task Pages_visit_each_record_exactly_once_while_new_ones_are_written()
    {
        using StoreFixture fixture = new(new SampleFlows());
        fixture.Store.Open();
        Flow[] records = fixture.Flows.Make(6_000);
        foreach (Flow[] chunk in records.Chunk(512)) fixture.Write(chunk);
        ulong[] expected = [.. records.Where(record => record.Counted).Select(record => record.IdLow).Reverse()];
        using RecordSearch search = fixture.Search();
        List<ulong> seen = [];
        for (SearchQuery query = new() { Counted = true, Limit = 37 }; ;)
        {
            SearchPage page = (await search.SearchAsync(query, Viewer.Everything, CancellationToken.None))!;
            seen.AddRange(page.Flows.Select(flow => flow.Record.IdLow));
            fixture.Write(fixture.Flows.Make(20));
            if (page.Next is null) break;
            query = query with { Before = page.Next };
        }
        Assert.Equal(expected, seen);
    }

    [Fact]
    public async Task A_conversation_is_found_by_its_text_whichever_way_its_records_went()
    {
        using StoreFixture fixture = new(new SampleFlows());
        fixture.Store.Open();
        List<Flow> records = [.. fixture.Flows.Make(2_000)];
        for (int client = 0; client < 40; client++)
        {
            bool six = client % 4 == 0, service = client % 2 == 0;
            Flow request = fixture.Flows.Next() with
            {
                Facts = (six ? PacketFacts.IPv6 : PacketFacts.IPv4) | PacketFacts.Ports,
                Protocol = client % 3 == 0 ? (byte)17 : (byte)6,
                Source = six ? new Address(0xFD05_0000_0000_0000, (ulong)client) : Address.FromIPv4(0x0A63_0000 + (uint)client / 2),
                Destination = six ? new Address(0xFD06_0000_0000_0000, 1) : Address.FromIPv4(0xAC1E_0001),
                SourcePort = (ushort)(50_000 + client),
                DestinationPort = 443,
                Server = ServerEnd.Destination,
                ServiceOrigin = service ? ServiceOrigin.Kubernetes : ServiceOrigin.Iana,
                ServerService = service ? fixture.Flows.Registries.Services.Intern("team-1/web-5:http") : fixture.Flows.Registries.Services.Intern("@tcp/443"),
            };
            Flow reply = request with
            {
                IdLow = request.IdLow + 1,
                Source = !service ? request.Destination : six ? new Address(0xFD07_0000_0000_0000, 1) : Address.FromIPv4(0x0A80_0207),
                Destination = request.Source,
                SourcePort = (ushort)(service ? 8_443 : 443),
                DestinationPort = request.SourcePort,
                Server = ServerEnd.Source,
            };
            records.AddRange([request, reply]);
        }
        foreach (Flow[] chunk in records.Chunk(512)) fixture.Write(chunk);
        using RecordSearch search = fixture.Search();
        int found = 0;
        foreach (Flow[] both in records.Skip(2_000).Chunk(2))
        {
            string?[] texts = [.. both.Select(record => Conversation.Of(record, fixture.Flows.Registries.Services[record.ServerService]))];
            Assert.Equal(texts[0], texts[1]);
            (List<StoredFlow> flows, _) = await PagesAsync(search, "conversation=" + Uri.EscapeDataString(texts[0]!));
            Assert.Equal([both[1].IdLow, both[0].IdLow], flows.Select(flow => flow.Record.IdLow));
            found += flows.Count;
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"40 conversations, {found} records found among {records.Count}");
    }

    [Theory]
    [InlineData("tcp 10.128.0.5:443")]
    [InlineData("tcp 10.128.0.5 shop/web:http")]
    [InlineData("tcp fd01::5:443 shop/web:http")]
    [InlineData("tcp [fd01::5] shop/web:http")]
    [InlineData("tcp 10.128.0.5:443 web")]
    [InlineData("teletype 10.128.0.5:443 shop/web:http")]
    public void A_text_that_is_no_conversation_is_refused(string text) => Assert.False(
        SearchParameters.TryParse([new("conversation", text)], DateTimeOffset.UnixEpoch, out _, out ParameterFault? error) || error is null);

    [Fact]
    public async Task A_search_stops_at_its_budget_says_so_and_goes_on_from_there()
    {
        using StoreFixture fixture = new(new SampleFlows());
        fixture.Store.Open();
        Flow rare = fixture.Flows.Next() with { Facts = PacketFacts.IPv4, Source = Address.FromIPv4(0x01020304) };
        fixture.Write(rare);
        foreach (Flow[] chunk in fixture.Flows.Make(100_000).Chunk(4096)) fixture.Write(chunk);
        using RecordSearch search = fixture.Search(new SearchLimits { Positions = 40_000 });

        (List<StoredFlow> found, List<SearchPage> pages) = await PagesAsync(search, "source_address=1.2.3.4");

        Assert.Equal(rare.IdLow, Assert.Single(found).Record.IdLow);
        Assert.Equal(2, pages.Count);
        Assert.False(pages[0].Complete);
        Assert.InRange(pages[0].Scanned, 40_000, 40_000 + 32_768);
        Assert.True(pages[1].Complete);
        Assert.InRange(pages.Sum(page => page.Scanned), 100_001, 100_001 + 2_048);
    }

    [Fact]
    public async Task A_search_stops_at_its_time()
    {
        using StoreFixture fixture = new(new SampleFlows());
        fixture.Store.Open();
        foreach (Flow[] chunk in fixture.Flows.Make(80_000).Chunk(4096)) fixture.Write(chunk);
        using RecordSearch search = fixture.Search(new SearchLimits { Time = TimeSpan.FromTicks(1) });

        SearchPage page = (await search.SearchAsync(new SearchQuery { Service = "@other", Namespace = ReservedLabels.Node, Port = 1 }, Viewer.Everything, CancellationToken.None))!;

        Assert.False(page.Complete || page.Next is null);
    }

    [Fact]
    public async Task Times_outside_what_is_stored_cost_no_scan()
    {
        using StoreFixture fixture = new(new SampleFlows());
        fixture.Store.Open();
        foreach (Flow[] chunk in fixture.Flows.Make(20_000).Chunk(4096)) fixture.Write(chunk);
        using RecordSearch search = fixture.Search();

        SearchPage page = (await search.SearchAsync(new SearchQuery { To = 1_800_000_010_000_000_000 }, Viewer.Everything, CancellationToken.None))!;
        SearchPage none = (await search.SearchAsync(new SearchQuery { From = 1_900_000_000_000_000_000 }, Viewer.Everything, CancellationToken.None))!;

        Assert.Equal(100, page.Flows.Count);
        Assert.InRange(page.Scanned, 100, 4_096);
        Assert.Equal(0, none.Scanned);
    }

    [Fact]
    public async Task A_search_whose_client_is_gone_ends()
    {
        using StoreFixture fixture = new(new SampleFlows());
        fixture.Store.Open();
        fixture.Write(fixture.Flows.Make(512));
        using RecordSearch search = fixture.Search();
        using CancellationTokenSource gone = new();
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => search.SearchAsync(new SearchQuery(), Viewer.Everything, gone.Token));
        Assert.NotNull(await search.SearchAsync(new SearchQuery(), Viewer.Everything, CancellationToken.None));
    }

    private static async Task<(List<StoredFlow> Found, List<SearchPage> Pages)> PagesAsync(RecordSearch search, string text)
    {
        Dictionary<string, StringValues> parameters = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(text);
        Assert.True(SearchParameters.TryParse(parameters, DateTimeOffset.UnixEpoch, out SearchQuery query, out ParameterFault? error), error?.Detail);
        query = query with { Limit = 301 };
        List<StoredFlow> found = [];
        List<SearchPage> pages = [];
        while (true)
        {
            SearchPage page = (await search.SearchAsync(query, Viewer.Everything, CancellationToken.None))!;
            pages.Add(page);
            found.AddRange(page.Flows);
            if (page.Next is null) return (found, pages);
            query = query with { Before = page.Next };
        }
    }

    private static FlowEndpoint Source(in Flow record, Registries names) => names.Endpoints[record.SourceEndpoint];

    private static FlowEndpoint Destination(in Flow record, Registries names) => names.Endpoints[record.DestinationEndpoint];

    private static bool IsWorkload(FlowEndpoint endpoint) => endpoint.OwnerName == "web-4" || endpoint.Name == "web-4";

    private static bool Owns(FlowEndpoint endpoint, string kind, string name) =>
        endpoint.OwnerKind == kind && endpoint.OwnerName == name;

    private static string Text(Address address) => address.ToIPAddress().ToString();

    private static bool IsPod(FlowEndpoint endpoint) => endpoint is { Kind: EndpointKind.Pod, Name: "web-6" };

    private static bool Begins(Address address, string start) => Text(address).StartsWith(start, StringComparison.Ordinal);

    private static bool InSixteens(Address address) =>
        address.IsIPv4 && System.Net.IPNetwork.Parse("10.128.16.0/20").Contains(address.ToIPAddress());

    private static IEnumerable<string> Services(in Flow record, Registries names) =>
        new[] { record.SourceService, record.DestinationService, record.ServerService }.Where(id => id != 0).Select(id => names.Services[id]);
}
