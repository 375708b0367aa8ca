using System.Text.Json.Nodes;
using SFlow.Exporter.Commands;
using SFlow.Exporter.Elasticsearch.Setup;
using SFlow.Exporter.Options;

namespace SFlow.Exporter.Tests.Elasticsearch;

/// <summary>The verb <c>setup</c>: what it prints is what it sends, and what it checks.</summary>
public sealed class SetupCommandTests
{
    private const string Elasticsearch9 = """{"version":{"number":"9.1.0","build_flavor":"default"},"tagline":"You Know, for Search"}""";

    [Theory]
    [InlineData("elasticsearch-7")]
    [InlineData("elasticsearch-9")]
    [InlineData("opensearch-2")]
    [InlineData("serverless")]
    public async Task The_console_gets_the_same_requests_that_are_sent(string profile)
    {
        await using FakeSearch fake = await FakeSearch.StartAsync();
        ElasticsearchOptions options = new() { Url = fake.Url, Profile = profile, Pipeline = true };
        Assert.Equal(ExitCode.Success, (await RunAsync(options)).Code);
        (int code, string text) = await RunAsync(options, SetupForm.Console);
        Assert.Equal(ExitCode.Success, code);
        (string Path, string Body)[] printed = [.. text.Split("PUT ")[1..].Select(part => part.Split('\n', 2)).Select(part => ($"/{part[0].Trim()}", WithoutComments(part[1])))];
        Assert.Equal(fake.Requests.Where(request => request.StartsWith("PUT", StringComparison.Ordinal)).Select(request => request[4..]), printed.Select(request => request.Path));
        foreach ((string path, string body) in printed)
            Assert.True(JsonNode.DeepEquals(fake.Template(path), body.Length == 0 ? new JsonObject() : JsonNode.Parse(body)), path);
    }

    [Fact]
    public async Task Commands_are_printed_without_a_server()
    {
        (int code, string text) = await RunAsync(new ElasticsearchOptions { Profile = "elasticsearch-8" }, SetupForm.Curl);
        Assert.Equal(ExitCode.Success, code);
        Assert.Contains("curl --fail-with-body -X PUT \"$URL/_index_template/sflow-flow\" -H \"Authorization: $AUTHORIZATION\" -H 'Content-Type: application/json' -d '{", text, StringComparison.Ordinal);
        await Assert.ThrowsAsync<SettingsException>(() => RunAsync(new ElasticsearchOptions(), SetupForm.Curl));
    }

    [Fact]
    public async Task A_check_changes_nothing_and_says_what_is_missing_and_what_differs()
    {
        await using FakeSearch fake = await FakeSearch.StartAsync();
        fake.Root = Elasticsearch9;
        ElasticsearchOptions options = new() { Url = fake.Url };
        (int code, string text) = await RunAsync(options, check: true);
        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains("missing   _ilm/policy/sflow-flows", text, StringComparison.Ordinal);
        Assert.DoesNotContain(fake.Requests, request => !request.StartsWith("GET", StringComparison.Ordinal));

        await RunAsync(options);
        (code, text) = await RunAsync(options, check: true);
        Assert.Equal(ExitCode.Success, code);
        Assert.DoesNotContain("missing", text, StringComparison.Ordinal);

        // An administrator may adapt the policy, and not the templates.
        fake.Template("/_ilm/policy/sflow-flows")["policy"]!["phases"]!["delete"]!["min_age"] = "30d";
        (code, text) = await RunAsync(options, check: true);
        Assert.Equal(ExitCode.Success, code);
        Assert.Contains("adapted   _ilm/policy/sflow-flows", text, StringComparison.Ordinal);
        Assert.Contains("policy.phases.delete.min_age is 30d, and should be 7d", text, StringComparison.Ordinal);

        JsonNode settings = fake.Template("/_component_template/sflow-flow-settings");
        settings["template"]!["settings"]!["index"]!["mode"] = "standard";
        settings["_meta"]!["hash"] = "of something else";
        (code, text) = await RunAsync(options, check: true);
        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains("template.settings.index.mode is standard, and should be logsdb", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_templates_of_a_later_release_stay()
    {
        await using FakeSearch fake = await FakeSearch.StartAsync();
        ElasticsearchOptions options = new() { Url = fake.Url };
        await RunAsync(options);
        JsonNode mappings = fake.Template("/_component_template/sflow-flow-mappings");
        mappings["_meta"]!["hash"] = "of a later release";
        mappings["version"] = mappings["version"]!.GetValue<int>() + 1;
        await RunAsync(options);
        Assert.Equal("of a later release", fake.Template("/_component_template/sflow-flow-mappings")["_meta"]!["hash"]!.GetValue<string>());
        mappings["version"] = 1;
        await RunAsync(options);
        Assert.NotEqual("of a later release", fake.Template("/_component_template/sflow-flow-mappings")["_meta"]!["hash"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_server_that_is_away_is_named_and_the_code_says_that_it_failed()
    {
        (int code, string text) = await RunAsync(new ElasticsearchOptions { Url = "http://127.0.0.1:1" });
        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains("127.0.0.1:1", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("8.10.0", true, true, false, null)]
    [InlineData("8.11.0", true, false, true, null)]
    [InlineData("8.16.3", false, true, false, null)]
    [InlineData("8.17.0", false, true, false, "logsdb")]
    public async Task Lifecycle_and_index_mode_follow_the_version(string version, bool streamLifecycle, bool policy, bool retention, string? mode)
    {
        await using FakeSearch fake = await FakeSearch.StartAsync();
        fake.Root = $$"""{"version":{"number":"{{version}}","build_flavor":"default"},"tagline":"You Know, for Search"}""";
        await RunAsync(new ElasticsearchOptions { Url = fake.Url, StreamLifecycle = streamLifecycle });
        JsonNode template = fake.Template("/_component_template/sflow-flow-settings")["template"]!;
        Assert.Equal(policy, fake.Templates.Contains("/_ilm/policy/sflow-flows"));
        Assert.Equal(policy, template["settings"]!["index"]!["lifecycle"] is not null);
        Assert.Equal(retention, template["lifecycle"]?["data_retention"] is not null);
        Assert.Equal(mode, template["settings"]!["index"]!["mode"]?.GetValue<string>());
    }

    private static string WithoutComments(string text) => string.Join('\n', text.Split('\n').Where(line => !line.StartsWith('#'))).Trim();

    private static async Task<(int Code, string Text)> RunAsync(ElasticsearchOptions options, SetupForm? print = null, bool check = false)
    {
        StringWriter output = new();
        int code = await SetupCommand.RunAsync(print, check, options, output, TestContext.Current.CancellationToken);
        return (code, output.ToString());
    }
}
