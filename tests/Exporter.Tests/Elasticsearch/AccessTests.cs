using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Elasticsearch;

/// <summary>Rights, redirects and paths between us and the server.</summary>
public sealed class AccessTests
{
    private const string Denied = """{"error":{"type":"security_exception","reason":"action [x] is unauthorized for API key id [k]"},"status":403}""";
    private const string Settings = "/logs-sflow.flow-default/_settings/index.creation_date", Bulk = "POST /logs-sflow.flow-default/_bulk";
    private const string DeniedByOpenSearch = """{"error":{"type":"security_exception","reason":"no permissions for [cluster:monitor/main] and User [name=w]"},"status":403}""";
    private const string SamePriority = """{"error":{"type":"illegal_argument_exception","reason":"index template [sflow-flow] has index patterns [a] matching patterns from existing templates [b] that have the same priority [500], multiple index templates may not match during index creation, please use a different priority"},"status":400}""";

    [Theory]
    [InlineData(200)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(503)]
    public async Task Without_setup_a_key_that_may_only_write_ships(int root)
    {
        await using FakeSearch fake = await FakeSearch.StartAsync();
        fake.RefuseSetup = request => request == "GET /" && root == 200 ? null : new Refusal(request == "GET /" ? root : 403, Body: Denied);
        await using Shipping shipping = new(fake.Url, change: options => options.Setup = false);
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(25));
        await shipping.SettledAsync();
        shipping.Offer(shipping.Flows.Many(50).Skip(25));
        await shipping.SettledAsync();
        Assert.Equal((50, 0, 0, 0), shipping.Outcomes);
        // The question about a rollover is refused once, and not asked before each request then.
        Assert.Equal(["GET /", $"GET {Settings}", Bulk, Bulk], fake.Requests);
        Assert.Single(shipping.Logged, line => line.Contains("Grant view_index_metadata and read", StringComparison.Ordinal));
        Assert.True(shipping.Said("Elasticsearch:Setup is false"));
        await Shipping.UntilAsync(() => shipping.State.IsUp);
    }

    [Theory]
    [InlineData("GET /_ilm/policy/sflow-flows", "manage_ilm")]
    [InlineData("PUT /_ilm/policy/sflow-flows", "manage_ilm")]
    [InlineData("GET /_component_template/sflow-flow-custom", "manage_index_templates")]
    [InlineData("PUT /_component_template/sflow-flow-mappings", "manage_index_templates")]
    [InlineData("PUT /_index_template/sflow-flow", "manage_index_templates")]
    public async Task The_log_names_the_privilege_that_setup_lacks_and_the_option(string step, string privilege)
    {
        await using FakeSearch fake = await FakeSearch.StartAsync();
        fake.Root = """{"version":{"number":"8.15.0","build_flavor":"default"},"tagline":"You Know, for Search"}""";
        fake.RefuseSetup = request => request == step ? new Refusal(403, Body: Denied) : null;
        await using Shipping shipping = new(fake.Url, deadline: TimeSpan.FromMilliseconds(50));
        await shipping.StartAsync();
        await Shipping.UntilAsync(() => shipping.Said($"lack the privilege {privilege}"));
        Assert.True(shipping.Said("--elasticsearch-setup"));
        Assert.True(shipping.Said("unauthorized for API key id [k]"));
        Assert.False(shipping.State.IsUp);
    }

    [Theory]
    [InlineData(403, Denied, "Elasticsearch", "/_ilm/policy/sflow-flows", "max_primary_shard_size")]
    [InlineData(403, Denied, null, "/_ilm/policy/sflow-flows", "max_size")]
    [InlineData(404, null, null, "/_ilm/policy/sflow-flows", "max_size")]
    [InlineData(403, DeniedByOpenSearch, null, "/_plugins/_ism/policies/sflow-flows", "min_primary_shard_size")]
    public async Task A_server_that_does_not_say_what_it_is_gets_what_every_version_has(int status, string? body, string? product, string policy, string size)
    {
        await using FakeSearch fake = await FakeSearch.StartAsync();
        fake.RefuseSetup = request => request == "GET /" ? new Refusal(status, Body: body, Product: product) : null;
        await using Shipping shipping = new(fake.Url);
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(5));
        await shipping.SettledAsync();
        Assert.Equal((5, 0, 0, 0), shipping.Outcomes);
        Assert.Contains($"\"{size}\"", fake.Template(policy).ToJsonString(), StringComparison.Ordinal);
        Assert.Null(fake.Template("/_component_template/sflow-flow-settings")["template"]!["settings"]!["index"]!["mode"]);
        Assert.True(shipping.Said("does not say what it is"));
        Assert.Empty(fake.Violations);
    }

    [Fact]
    public async Task A_template_of_the_same_priority_for_the_same_names_makes_ours_go_above_it()
    {
        await using FakeSearch fake = await FakeSearch.StartAsync();
        int puts = 0;
        fake.RefuseSetup = request => request == "PUT /_index_template/sflow-flow" && Interlocked.Increment(ref puts) <= 2 ? new Refusal(400, Body: SamePriority) : null;
        await ShipOneAsync(fake, "with priority 502");
        JsonNode template = fake.Template("/_index_template/sflow-flow");
        Assert.Equal(502, template["priority"]!.GetValue<int>());
        Assert.Equal(3, puts);
        fake.RefuseSetup = request => request == "PUT /_index_template/sflow-flow" && Interlocked.Increment(ref puts) <= 5 ? new Refusal(400, Body: SamePriority) : null;
        await ShipOneAsync(fake, "with priority 502");
        Assert.Equal(5, puts);
    }

    [Theory]
    [InlineData(301, "https://search.example:9243/?state=secret", "https://search.example:9243/")]
    [InlineData(302, "/oauth/start?rd=%2F_bulk", "/oauth/start")]
    [InlineData(307, "https://u:pw@search.example/es/_bulk", "https://search.example/es/_bulk")]
    [InlineData(308, "//search.example/x", "http://search.example/x")]
    public async Task A_redirect_is_named_with_its_target_and_without_its_secrets(int status, string location, string target)
    {
        FakeTimeProvider time = new();
        await using FakeSearch fake = await FakeSearch.StartAsync();
        fake.RefuseSetup = _ => new Refusal(status, Location: location);
        await using Shipping shipping = new(fake.Url, time);
        await shipping.StartAsync();
        await Shipping.UntilAsync(() => shipping.Said($"status {status}"));
        string expected = target.StartsWith('/') ? fake.Url + target : target;
        Assert.True(shipping.Said($"a redirect to {expected}. "), string.Join('\n', shipping.Logged));
        Assert.False(shipping.Said("secret") || shipping.Said("pw"));
        fake.RefuseSetup = _ => null;
        fake.Refuse = (number, _) => number == 0 ? new Refusal(status, Location: location) : null;
        shipping.Offer(shipping.Flows.Many(5));
        await Shipping.UntilAsync(() => { time.Advance(TimeSpan.FromSeconds(1)); return shipping.Queue.Waiting == 0; });
        Assert.Equal((5, 0, 0, 0), shipping.Outcomes);
        Assert.Contains(shipping.Logged, line => line.Contains("refuses records", StringComparison.Ordinal) && line.Contains(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/es")]
    [InlineData("/clusters/north/search/")]
    public async Task A_path_in_the_URL_is_in_front_of_every_request(string path)
    {
        await using FakeSearch fake = await FakeSearch.StartAsync();
        fake.PathBase = path.TrimEnd('/');
        await using Shipping shipping = new(fake.Url + path);
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(5));
        await shipping.SettledAsync();
        Assert.Equal((5, 0, 0, 0), shipping.Outcomes);
        Assert.Equal(5, fake.Documents.Count);
        Assert.All(fake.Requests, request => Assert.Contains(path, request, StringComparison.Ordinal));
    }

    private static async Task ShipOneAsync(FakeSearch fake, string words)
    {
        await using Shipping shipping = new(fake.Url);
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(1));
        await shipping.SettledAsync();
        Assert.True(shipping.Said(words), string.Join('\n', shipping.Logged));
    }
}
