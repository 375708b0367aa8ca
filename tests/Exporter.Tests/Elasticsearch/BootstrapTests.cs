using System.Text.Json.Nodes;
using SFlow.Exporter.Elasticsearch;
using SFlow.Exporter.Elasticsearch.Setup;
using SFlow.Exporter.Pipeline.Fields;

namespace SFlow.Exporter.Tests.Elasticsearch;

public sealed class BootstrapTests
{
    private const string OpenSearch = """{"version":{"number":"2.19.1","distribution":"opensearch"}}""";
    private const string OpenSearchAsElasticsearch = """{"version":{"number":"7.10.2"},"tagline":"The OpenSearch Project: https://opensearch.org/"}""";
    private const string Elasticsearch9 = """{"version":{"number":"9.5.1","build_flavor":"default"},"tagline":"You Know, for Search"}""";
    private const string Elasticsearch710 = """{"version":{"number":"7.10.2","build_flavor":"oss"},"tagline":"You Know, for Search"}""";

    [Fact]
    public async Task Lifecycle_comes_first_then_components_then_the_index_template_then_records()
    {
        await using FakeSearch fake = await ShipOneAsync(Elasticsearch9);
        string[] puts = [.. fake.Requests.Where(request => !request.StartsWith("GET", StringComparison.Ordinal))];
        Assert.Equal(
        [
            "PUT /_ilm/policy/sflow-flows", "PUT /_component_template/sflow-flow-mappings", "PUT /_component_template/sflow-flow-settings",
            "PUT /_component_template/sflow-flow-custom", "PUT /_index_template/sflow-flow", "PUT /_data_stream/logs-sflow.flow-default", "POST /logs-sflow.flow-default/_bulk",
        ], puts);
        JsonNode template = fake.Template("/_index_template/sflow-flow");
        Assert.Equal("""["logs-sflow.flow-*"]""", template["index_patterns"]!.ToJsonString());
        Assert.Equal(500, template["priority"]!.GetValue<int>());
        Assert.Equal("{}", template["data_stream"]!.ToJsonString());
    }

    [Theory]
    [InlineData(Elasticsearch9, true)]
    [InlineData(OpenSearch, false)]
    [InlineData(OpenSearchAsElasticsearch, false)]
    public async Task Only_settings_that_the_server_knows_are_put(string root, bool elasticsearch)
    {
        await using FakeSearch fake = await ShipOneAsync(root);
        JsonNode index = fake.Template("/_component_template/sflow-flow-settings")["template"]!["settings"]!["index"]!;
        Assert.Equal(elasticsearch, index["lifecycle"] is not null);
        Assert.Equal(elasticsearch, index["mode"] is not null);
        Assert.Contains(elasticsearch ? "PUT /_ilm/policy/sflow-flows" : "PUT /_plugins/_ism/policies/sflow-flows", fake.Requests);
    }

    [Fact]
    public async Task A_second_start_puts_nothing_again()
    {
        await using FakeSearch fake = await ShipOneAsync(Elasticsearch9);
        int puts = fake.Requests.Count(request => request.StartsWith("PUT", StringComparison.Ordinal));
        await ShipOneAsync(fake);
        Assert.Equal(puts, fake.Requests.Count(request => request.StartsWith("PUT", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task No_record_leaves_before_the_template_is_there()
    {
        await using FakeSearch fake = await FakeSearch.StartAsync();
        int refused = 0;
        fake.RefuseSetup = request => request == "PUT /_index_template/sflow-flow" && Interlocked.Increment(ref refused) <= 2 ? new Refusal(503) : null;
        await ShipOneAsync(fake);
        Assert.Equal(3, refused);
        Assert.Empty(fake.Violations);
        Assert.Single(fake.Documents);
    }

    [Fact]
    public async Task A_server_without_data_streams_gets_an_ordinary_index_of_the_same_mapping()
    {
        await using FakeSearch fake = await FakeSearch.StartAsync();
        fake.Root = Elasticsearch710;
        int asked = 0;
        fake.RefuseSetup = request => request switch
        {
            "GET /_ilm/policy/sflow-flows" => new Refusal(404, Body: "no such index [_ilm]"),
            "PUT /_ilm/policy/sflow-flows" => new Refusal(400, Body: "Invalid index name [_ilm]"),
            "PUT /_index_template/sflow-flow" when Interlocked.Increment(ref asked) == 1 => new Refusal(400, Body: "unknown field [data_stream]"),
            _ => null,
        };
        await ShipOneAsync(fake);
        JsonObject template = fake.Template("/_index_template/sflow-flow").AsObject();
        Assert.False(template.ContainsKey("data_stream"));
        Assert.Equal(["sflow-flow-mappings", "sflow-flow-settings", "sflow-flow-custom"], template["composed_of"]!.AsArray().Select(name => name!.GetValue<string>()));
        Assert.Null(fake.Template("/_component_template/sflow-flow-settings")["template"]!["settings"]!["index"]!["lifecycle"]);
    }

    [Fact]
    public void The_mapping_has_every_field_with_its_type_and_takes_no_others()
    {
        JsonObject mapping = Templates.Mapping();
        Assert.Equal("false", mapping["dynamic"]!.GetValue<string>());
        foreach (Field field in FieldCatalogue.Documents)
        {
            JsonNode? node = mapping;
            foreach (string step in field.Name.Split('.')) node = node!["properties"]![step];
            Assert.Equal(field.Type, node!["type"]!.GetValue<string>());
        }
    }

    [Theory]
    [InlineData("logs-sflow.flow-prod", "logs-sflow.flow-*", "sflow-flow")]
    [InlineData("logs-net.flow-prod", "logs-net.flow-*", "sflow-flow-logs-net.flow")]
    [InlineData("flows", "flows", "sflow-flow-flows")]
    public void A_stream_has_the_template_of_its_pattern(string name, string pattern, string template)
    {
        StreamName stream = new(name);
        Assert.Equal((pattern, template), (stream.Pattern, stream.Template));
    }

    [Theory]
    [InlineData(0, null, 5, 1.0, 1)]
    [InlineData(2, null, 5, 1.0, 4)]
    [InlineData(2, null, 5, 0.25, 1)]
    [InlineData(3, null, 5, 1.0, 5)]
    [InlineData(40, null, 300, 1.0, 5)]
    [InlineData(0, 3, 5, 1.0, 3)]
    [InlineData(10, 3, 5, 1.0, 5)]
    [InlineData(0, 99_999_999, 5, 1.0, 5)]
    [InlineData(0, 90, 300, 1.0, 90)]
    [InlineData(0, 99_999_999, 300, 1.0, 300)]
    [InlineData(0, -7, 300, 1.0, 1)]
    public void The_wait_doubles_up_to_five_seconds_or_is_what_the_server_may_ask_for(int attempt, int? asked, int longest, double random, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Backoff.Delay(attempt, asked is { } wait ? TimeSpan.FromSeconds(wait) : null, TimeSpan.FromSeconds(longest), random));

    private static async Task<FakeSearch> ShipOneAsync(string root)
    {
        FakeSearch fake = await FakeSearch.StartAsync();
        fake.Root = root;
        await ShipOneAsync(fake);
        return fake;
    }

    private static async Task ShipOneAsync(FakeSearch fake)
    {
        await using Shipping shipping = new(fake.Url);
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(1));
        await shipping.SettledAsync();
    }
}
