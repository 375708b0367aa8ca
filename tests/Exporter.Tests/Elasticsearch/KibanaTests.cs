using System.Text.Json.Nodes;
using SFlow.Exporter.Elasticsearch;
using SFlow.Exporter.Pipeline.Fields;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Elasticsearch;

/// <summary>What is in kibana/ fits together and asks for nothing that our documents do not have.</summary>
public sealed class KibanaTests
{
    /// <summary>The newest format that OpenSearch Dashboards takes.</summary>
    private static readonly Dictionary<string, Version> Newest = new()
    {
        ["index-pattern"] = new Version(7, 6, 0),
        ["search"] = new Version(7, 9, 3),
        ["visualization"] = new Version(7, 10, 0),
        ["dashboard"] = new Version(7, 9, 3),
    };

    private static readonly JsonObject[] Objects = [.. Directory.EnumerateFiles(Path.Combine(SharedFolder.Repository, "kibana"), "*.ndjson")
        .SelectMany(File.ReadLines).Select(line => JsonNode.Parse(line)!.AsObject())];

    [Fact]
    public void There_is_one_data_view_on_the_default_stream_and_one_saved_search()
    {
        Assert.Equal(["index-pattern sflow-flows", "search sflow-flow-records"], Objects.Select(Name));
        Assert.Equal(StreamName.Default.Pattern, Objects[0]["attributes"]!["title"]!.GetValue<string>());
        Assert.Equal("@timestamp", Objects[0]["attributes"]!["timeFieldName"]!.GetValue<string>());
    }

    [Fact]
    public void Every_reference_resolves_and_every_reference_name_is_declared()
    {
        string[] there = [.. Objects.Select(Name)];
        foreach (JsonObject one in Objects)
        {
            JsonObject[] references = [.. one["references"]!.AsArray().Select(reference => reference!.AsObject())];
            Assert.Empty(references.Select(Name).Except(there));
            string? source = one["attributes"]!["kibanaSavedObjectMeta"]?["searchSourceJSON"]?.GetValue<string>();
            if (source is null) continue;
            string named = JsonNode.Parse(source)!["indexRefName"]!.GetValue<string>();
            Assert.Contains(named, references.Select(reference => reference["name"]!.GetValue<string>()));
        }
    }

    [Fact]
    public void Every_column_sort_and_format_is_a_field_of_the_mapping()
    {
        string[] columns = [.. Objects.SelectMany(one => one["attributes"]!["columns"]?.AsArray() ?? []).Select(column => column!.GetValue<string>())];
        string[] sorts = [.. Objects.SelectMany(one => one["attributes"]!["sort"]?.AsArray() ?? []).Select(sort => sort![0]!.GetValue<string>())];
        string[] formats = [.. Objects.Select(one => one["attributes"]!["fieldFormatMap"]?.GetValue<string>()).OfType<string>()
            .SelectMany(map => JsonNode.Parse(map)!.AsObject()).Select(format => format.Key)];
        Assert.NotEmpty(columns);
        Assert.NotEmpty(formats);
        Assert.Empty(columns.Concat(sorts).Concat(formats).Except(FieldCatalogue.Documents.Select(field => field.Name)));
    }

    [Fact]
    public void Every_object_is_of_a_version_that_all_servers_take()
    {
        foreach (JsonObject one in Objects)
        {
            string type = one["type"]!.GetValue<string>();
            Assert.InRange(Version.Parse(one["migrationVersion"]![type]!.GetValue<string>()), new Version(7, 0), Newest[type]);
            Assert.Null(one["typeMigrationVersion"]);
        }
    }

    private static string Name(JsonObject one) => $"{one["type"]} {one["id"]}";
}
