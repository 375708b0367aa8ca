using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using SFlow.EndToEnd.Tests.Services;

namespace SFlow.EndToEnd.Tests.Http;

/// <summary>The OpenAPI document of the running program is the truth about it: paths, parameters, limits and answers.</summary>
public sealed class OpenApiTests : IAsyncLifetime
{
    /// <summary>A request that each endpoint answers, so that its answer can be compared with its schema.</summary>
    private static readonly Dictionary<string, string[]> Answered = new(StringComparer.Ordinal)
    {
        ["/api/flows"] = ["?limit=100"], ["/api/overview"] = ["", "?parts=none", "?parts=agents,history"], ["/api/explain"] = ["?address=10.128.0.5"], ["/api/fields"] = [""],
        ["/api/series"] = ["?filter=namespace=openshift-*", "?group=workload&direction=both&top=3", "?group=total"], ["/api/top"] = ["?filter=namespace=openshift-*", "?group=service"],
        ["/api/names"] = ["?field=namespace"],
    };

    private ExporterProcess exporter = null!;
    private HttpClient client = null!;
    private JsonNode document = null!;

    public async ValueTask InitializeAsync()
    {
        exporter = await ExporterProcess.StartAsync("demo");
        client = new HttpClient { BaseAddress = exporter.Address };
        document = JsonNode.Parse(await client.GetStringAsync("/api/openapi.json"))!;
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await exporter.DisposeAsync();
    }

    [Fact]
    public void A_common_reader_understands_it()
    {
        ReadResult read = OpenApiDocument.Parse(document.ToJsonString(), "json");
        Assert.Empty(read.Diagnostic!.Errors.Select(error => $"{error.Pointer}: {error.Message}"));
        Assert.Equal((document["paths"]!.AsObject().Count, "3.1.1"), (read.Document!.Paths.Count, document["openapi"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Its_paths_are_those_that_the_program_serves()
    {
        using HttpResponseMessage missing = await client.GetAsync("/nothing-here");
        string detail = JsonNode.Parse(await missing.Content.ReadAsStringAsync())!["detail"]!.GetValue<string>();
        string[] served = Regex.Match(detail, "serves (?<paths>.*)[.]$", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["paths"].Value.Split(", ");
        string[] described = [.. document["paths"]!.AsObject().Select(path => path.Key)];
        Assert.Equal(served, described);
        Assert.Equal(ContractTests.Parameters.Keys.Order(StringComparer.Ordinal), described);
    }

    /// <summary>A path that refuses unknown parameters lists the known ones, and refuses each number that is just outside of its range.</summary>
    [Fact]
    public async Task Its_parameters_are_those_that_the_program_accepts()
    {
        int compared = 0;
        foreach ((string path, JsonNode? item) in document["paths"]!.AsObject())
        {
            JsonArray described = item!["get"]!["parameters"]!.AsArray();
            string[] names = [.. described.Select(parameter => parameter!["name"]!.GetValue<string>())];
            Assert.Equal(ContractTests.Parameters[path].Except(["unheard_of"]).Order(StringComparer.Ordinal), names.Order(StringComparer.Ordinal));
            if (names.Length == 0) continue;
            JsonNode refusal = await RefusalAsync($"{path}?unheard_of=1");
            string first = Answered.GetValueOrDefault(path)?[0] ?? "";
            Assert.Equal(names, refusal["allowed"]!.GetValue<string>().Split(", "));
            foreach (JsonNode? parameter in described)
            {
                compared++;
                string name = parameter!["name"]!.GetValue<string>();
                string target = path + (first.Contains(name + "=", StringComparison.Ordinal) || first.Length == 0 ? "?" : first + "&");
                if (parameter["schema"]!["minimum"] is { } minimum)
                    foreach (long wrong in (long[])[minimum.GetValue<long>() - 1, parameter["schema"]!["maximum"]!.GetValue<long>() + 1])
                        Assert.Equal(name, (await RefusalAsync($"{target}{name}={wrong}"))["parameter"]!.GetValue<string>());
                if (parameter["schema"]!["enum"] is JsonArray values)
                {
                    Assert.Equal(name, (await RefusalAsync($"{target}{name}=unheard_of"))["parameter"]!.GetValue<string>());
                    foreach (JsonNode? value in values)
                    {
                        using HttpResponseMessage answer = await client.GetAsync($"{target}{name}={value}");
                        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{target}{name}={value}: {await answer.Content.ReadAsStringAsync()}");
                    }
                }
            }
        }
        Assert.True(compared >= 25, $"only {compared} parameters were compared");
    }

    [Fact]
    public async Task Answers_have_the_form_of_their_schema_and_no_other_members()
    {
        await exporter.WaitForAsync(metrics => metrics["sflow_exporter_store_records"] > 100);
        foreach ((string path, string[] queries) in Answered)
        {
            string reference = document["paths"]![path]!["get"]!["responses"]!["200"]!["content"]!["application/json"]!["schema"]!["$ref"]!.GetValue<string>();
            foreach (string query in queries)
            {
                using JsonDocument answer = JsonDocument.Parse(await client.GetStringAsync(path + query));
                EvaluationResults results = SchemaOf(reference).Evaluate(answer.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
                Assert.True(results.IsValid, $"{path}{query}: {string.Join("; ", (results.Details ?? []).Where(detail => detail.Errors is not null).Select(detail => $"{detail.InstanceLocation} {string.Join(", ", detail.Errors!.Values)}"))}");
            }
        }
        // The check can fail: an answer of another endpoint has another form.
        using JsonDocument fields = JsonDocument.Parse(await client.GetStringAsync("/api/fields"));
        Assert.False(SchemaOf("#/components/schemas/Overview").Evaluate(fields.RootElement).IsValid);
        Assert.False(SchemaOf("#/components/schemas/Problem").Evaluate(fields.RootElement).IsValid);
    }

    /// <summary>A schema by itself, in which objects have no members besides those that it names.</summary>
    private JsonSchema SchemaOf(string reference)
    {
        JsonNode definitions = document["components"]!["schemas"]!.DeepClone();
        Close(definitions);
        JsonObject schema = new() { ["$ref"] = reference, ["$defs"] = definitions };
        return JsonSchema.FromText(schema.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal));
    }

    private static void Close(JsonNode? node)
    {
        if (node is JsonArray list) foreach (JsonNode? item in list) Close(item);
        if (node is not JsonObject members) return;
        foreach ((_, JsonNode? member) in members.ToArray()) Close(member);
        if (members["properties"] is JsonObject && members["type"] is not null) members["additionalProperties"] = false;
    }

    private async Task<JsonNode> RefusalAsync(string target)
    {
        using HttpResponseMessage answer = await client.GetAsync(target);
        Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{target}: {answer.StatusCode}");
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }
}
