using System.IO.Enumeration;
using System.Text.Json.Nodes;
using SFlow.Exporter.Commands;
using SFlow.Exporter.Elasticsearch.Setup;
using SFlow.Exporter.Options;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Elasticsearch;

/// <summary>
/// The roles of deploy/elasticsearch against a server that refuses every request that they do not cover: enough to work, and nothing too much. What a request
/// needs is from the documentation of the servers, not from the program.
/// </summary>
public sealed class RoleTests
{
    private const string Denied = """{"error":{"type":"security_exception","reason":"action is unauthorized"},"status":403}""";
    private const string Elasticsearch = """{"version":{"number":"9.1.0","build_flavor":"default"},"tagline":"You Know, for Search"}""";
    private const string OpenSearch = """{"version":{"number":"2.19.1","distribution":"opensearch"}}""";

    /// <summary>Requests, and the privilege of Elasticsearch and the action of OpenSearch that each needs.</summary>
    private static readonly (string Request, string Privilege, string Action)[] Needs =
    [
        ("GET /", "monitor", "cluster:monitor/main"),
        ("GET /_ilm/policy/", "manage_ilm", ""),
        ("PUT /_ilm/policy/", "manage_ilm", ""),
        ("GET /_plugins/_ism/policies/", "", "cluster:admin/opendistro/ism/policy/get"),
        ("PUT /_plugins/_ism/policies/", "", "cluster:admin/opendistro/ism/policy/write"),
        ("GET /_component_template/", "manage_index_templates", "cluster:admin/component_template/get"),
        ("PUT /_component_template/", "manage_index_templates", "cluster:admin/component_template/put"),
        ("GET /_index_template/", "manage_index_templates", "indices:admin/index_template/get"),
        ("PUT /_index_template/", "manage_index_templates", "indices:admin/index_template/put"),
        ("GET /_ingest/pipeline/", "manage_ingest_pipelines", "cluster:admin/ingest/pipeline/get"),
        ("PUT /_ingest/pipeline/", "manage_ingest_pipelines", "cluster:admin/ingest/pipeline/put"),
        ("GET /_data_stream/logs-sflow.flow-", "view_index_metadata", "indices:admin/data_stream/get"),
        ("PUT /_data_stream/logs-sflow.flow-", "create_index", "indices:admin/data_stream/create"),
        ("GET /logs-sflow.flow-default/_settings", "view_index_metadata", "indices:monitor/settings/get"),
        ("POST /logs-sflow.flow-", "create_doc", "indices:data/write/bulk"),
    ];

    [Theory]
    [InlineData("setup.json", Elasticsearch)]
    [InlineData("opensearch-setup.json", OpenSearch)]
    public async Task The_setup_works_with_its_role_and_with_no_privilege_less(string file, string root)
    {
        string[] privileges = Privileges(file);
        Assert.Equal((ExitCode.Success, 0), await SetUpAsync(privileges, root));
        foreach (string left in privileges)
        {
            // Without the right to ask what the server is, a guess is made; without the data stream, the first record makes it. Both were denied first.
            (int _, int denials) = await SetUpAsync([.. privileges.Where(privilege => privilege != left)], root);
            Assert.True(denials > 0, left);
        }
    }

    [Theory]
    [InlineData("writer.json", Elasticsearch)]
    [InlineData("opensearch-writer.json", OpenSearch)]
    public async Task Records_are_written_with_the_role_of_the_writer(string file, string root)
    {
        string[] privileges = Privileges(file);
        await using FakeSearch fake = await FakeSearch.StartAsync();
        fake.Root = root;
        fake.Refuse = (_, _) => IsAllowed("POST /logs-sflow.flow-default/_bulk", privileges) ? null : new Refusal(403, Body: Denied);
        fake.RefuseSetup = request => request.StartsWith("PUT", StringComparison.Ordinal) || !IsAllowed(request, privileges) ? new Refusal(403, Body: Denied) : null;
        await using Shipping shipping = new(fake.Url, change: options => options.Setup = false);
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(50));
        await shipping.SettledAsync();
        Assert.Equal((50, 0, 0, 0), shipping.Outcomes);
        Assert.DoesNotContain(shipping.Logged, line => line.Contains("refuses", StringComparison.Ordinal) || line.Contains("privilege", StringComparison.Ordinal));
    }

    private static async Task<(int Code, int Denials)> SetUpAsync(string[] privileges, string root)
    {
        await using FakeSearch fake = await FakeSearch.StartAsync();
        fake.Root = root;
        fake.RefuseSetup = request => IsAllowed(request, privileges) ? null : new Refusal(403, Body: Denied);
        int code = await SetupCommand.RunAsync(null, check: false, new ElasticsearchOptions { Url = fake.Url, Pipeline = true }, TextWriter.Null, TestContext.Current.CancellationToken);
        return (code, fake.Denials);
    }

    /// <summary>A request that is not in the list is never allowed.</summary>
    private static bool IsAllowed(string request, string[] privileges)
    {
        foreach ((string known, string privilege, string action) in Needs)
            if (known == "GET /" ? request == known : request.StartsWith(known, StringComparison.Ordinal))
                return privileges.Any(has => has == privilege || action.Length > 0 && FileSystemName.MatchesSimpleExpression(has, action, ignoreCase: false));
        return false;
    }

    private static string[] Privileges(string file) =>
        [.. Leaves(JsonNode.Parse(File.ReadAllText(Path.Combine(SharedFolder.Repository, "deploy", "elasticsearch", file)))!).Where(text => !text.Contains("logs-sflow", StringComparison.Ordinal))];

    private static IEnumerable<string> Leaves(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Leaves(member.Value)),
        JsonArray list => list.SelectMany(Leaves),
        JsonValue value => [value.GetValue<string>()],
        _ => [],
    };
}
