using SFlow.Exporter.Http.Access;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Pipeline.Filters;
using SFlow.Exporter.Store;
using SFlow.Exporter.Tests.Store;

namespace SFlow.Exporter.Tests.Filters;

/// <summary>What a filter finds in the store, and in flows with their registries, is what a slow second evaluation finds.</summary>
public sealed class FilterSearchTests(ITestOutputHelper output)
{
    [Fact]
    public async Task The_store_and_the_registries_agree_with_a_second_evaluation()
    {
        SampleFlows sample = new();
        AddOutside(sample.Registries);
        using StoreFixture fixture = new(sample);
        fixture.Store.Open();
        Random random = new(sample.Seed);
        Flow[] records = [.. sample.Make(3_000).Select(record => WithRole(record, random))];
        foreach (Flow[] chunk in records.Chunk(512)) fixture.Write(chunk);
        using RecordSearch search = fixture.Search();
        int matched = 0, proper = 0;
        for (int i = 0; i < 400; i++)
        {
            RandomFilter asked = new(random);
            Assert.True(FilterParser.TryParse(asked.Text, out FlowFilter filter, out FilterFault? fault), $"{asked.Text}: {fault?.Detail}");
            ulong[] expected = [.. records.Where(record => asked.Matches(record, sample.Registries)).Select(record => record.IdLow)];
            ulong[] direct = [.. records.Where(record => filter.Matches(new FilteredFlow(filter, sample.Registries, record))).Select(record => record.IdLow)];
            ulong[] stored = await FindAsync(search, filter);
            Assert.True(expected.SequenceEqual(direct), $"{asked.Text}: {direct.Length} flows instead of {expected.Length}");
            Assert.True(expected.SequenceEqual(stored), $"{asked.Text}: {stored.Length} records instead of {expected.Length}");
            matched += expected.Length;
            if (expected.Length > 0 && expected.Length < records.Length) proper++;
        }
        output.WriteLine($"400 filters over {records.Length} records, {matched} matches, {proper} filters select a proper part");
        Assert.True(proper > 100 && matched > 50_000);
    }

    [Fact]
    public void A_filter_is_written_in_one_form_and_read_back()
    {
        Random random = new();
        for (int i = 0; i < 5_000; i++)
        {
            RandomFilter asked = new(random);
            Assert.True(FilterParser.TryParse(asked.Text, out FlowFilter filter, out _), asked.Text);
            Assert.Equal(asked.Canonical, filter.ToString());
            Assert.True(FilterParser.TryParse(filter.ToString(), out FlowFilter again, out _), filter.ToString());
            Assert.Equal(filter.ToString(), again.ToString());
        }
    }

    private static async Task<ulong[]> FindAsync(RecordSearch search, FlowFilter filter)
    {
        List<ulong> found = [];
        for (long? before = null; ;)
        {
            SearchPage page = (await search.SearchAsync(new SearchQuery { Filter = filter, Limit = 1_000, Before = before }, Viewer.Everything, CancellationToken.None))!;
            found.AddRange(page.Flows.Select(flow => flow.Record.IdLow));
            if (page.Next is null) break;
            before = page.Next;
        }
        found.Reverse();
        return [.. found];
    }

    private static void AddOutside(Registries names)
    {
        names.Endpoints.Intern(new FlowEndpoint { Kind = EndpointKind.NamedNetwork, Label = "office" });
        names.Endpoints.Intern(new FlowEndpoint { Kind = EndpointKind.Pod, Label = "team-1", Namespace = "team-1", Name = "own", Network = "udn", NodeName = "node-1", Zone = "b", Region = "us" });
    }

    private static Flow WithRole(Flow record, Random random)
    {
        if (random.Next(10) == 0) record.DestinationRole = PortRole.NodePort;
        if (random.Next(10) == 0) record.SourceRole = PortRole.NodePort;
        return record;
    }
}
