using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SFlow.Dashboards.Definitions.Kibana;
using SFlow.Dashboards.Kibana;
using SFlow.Exporter.Elasticsearch;
using SFlow.Exporter.Pipeline.Fields;
using SFlow.Exporter.Tests.Docs;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Dashboards;

/// <summary>The saved objects fit together, ask only for what documents have, and count each packet once.</summary>
public sealed partial class KibanaTests
{
    /// <summary>The newest format that OpenSearch Dashboards knows.</summary>
    private static readonly Dictionary<string, Version> newest = new()
    {
        ["index-pattern"] = new Version(7, 6, 0), ["search"] = new Version(7, 9, 3), ["visualization"] = new Version(7, 10, 0), ["dashboard"] = new Version(7, 9, 3),
    };

    /// <summary>Panels about the samples themselves, which show those that are not counted too.</summary>
    private static readonly string[] ofAllSamples = ["Agents", "Observation points", "Samples by observation point"];

    private static readonly JsonObject[] objects = [.. File.ReadLines(Path.Combine(SharedFolder.Repository, KibanaFile.Path)).Select(line => JsonNode.Parse(line)!.AsObject())];

    private static IEnumerable<KibanaPanel> Panels => KibanaDashboards.List.SelectMany(dashboard => dashboard.Panels);

    [Fact]
    public void There_is_one_data_view_on_the_default_stream_with_a_description_of_each_field()
    {
        JsonObject view = Assert.Single(objects, one => Type(one) == "index-pattern");
        Assert.Equal("sflow-flows", Text(view["id"]));
        Assert.Equal(StreamName.Default.Pattern, Text(view["attributes"]!["title"]));
        Assert.Equal("@timestamp", Text(view["attributes"]!["timeFieldName"]));
        JsonObject fields = Nested(view["attributes"]!["fieldAttrs"]);
        Assert.Equal(FieldCatalogue.Documents.Select(field => field.Name), fields.Select(field => field.Key));
        JsonObject formats = Nested(view["attributes"]!["fieldFormatMap"]);
        Assert.All(FieldCatalogue.Documents.Where(field => field.Unit == "bytes"), field => Assert.Equal("bytes", Text(formats[field.Name]!["id"])));
        Assert.Empty(formats.Select(format => format.Key).Except(FieldCatalogue.Documents.Select(field => field.Name)));
    }

    [Fact]
    public void Every_reference_resolves_and_every_id_is_there_once()
    {
        string[] there = [.. objects.Select(Name)];
        Assert.Equal(there.Length, there.Distinct().Count());
        foreach (JsonObject one in objects)
        {
            JsonObject[] references = [.. one["references"]!.AsArray().Select(reference => reference!.AsObject())];
            Assert.Empty(references.Select(Name).Except(there));
            string[] named = [.. RefName().Matches(one["attributes"]!.ToJsonString()).Select(match => match.Groups["name"].Value)];
            Assert.Equal(named.Order(StringComparer.Ordinal), references.Select(reference => Text(reference["name"])).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Every_object_is_of_a_version_that_all_servers_take()
    {
        foreach (JsonObject one in objects)
        {
            Assert.InRange(Version.Parse(Text(one["migrationVersion"]![Type(one)])), new Version(7, 0), newest[Type(one)]);
            Assert.Null(one["typeMigrationVersion"]);
        }
    }

    [Fact]
    public void Every_field_is_one_of_the_mapping()
    {
        HashSet<string> known = [.. FieldCatalogue.Documents.Select(field => field.Name)];
        int asked = 0;
        foreach (JsonObject one in objects.Where(one => Type(one) is "visualization" or "search"))
        {
            string text = one["attributes"]!.ToJsonString().Replace("\\\\\\u0022", "\"", StringComparison.Ordinal).Replace("\\u0022", "\"", StringComparison.Ordinal);
            foreach (Match match in FieldName().Matches(text).Where(match => match.Groups["field"].Value.Contains('.', StringComparison.Ordinal)))
            {
                Assert.Contains(match.Groups["field"].Value, known);
                asked++;
            }
            Assert.Empty((one["attributes"]!["columns"]?.AsArray().Select(Text) ?? []).Except(known));
        }
        Assert.True(asked > 200, $"{asked}");
    }

    [Fact]
    public void Every_panel_counts_each_packet_once_but_those_about_samples()
    {
        Assert.Equal(ofAllSamples, Panels.Where(panel => !panel.CountedOnly).Select(panel => panel.Title));
        foreach (KibanaDashboard dashboard in KibanaDashboards.List)
        {
            foreach (KibanaPanel panel in dashboard.Panels.Where(panel => panel is not (TextPanel or ControlsPanel)))
            {
                JsonObject made = objects.Single(one => Text(one["id"]) == panel.IdIn(dashboard) && Type(one) == panel.ObjectType);
                string filters = Nested(made["attributes"]!["kibanaSavedObjectMeta"]!["searchSourceJSON"])["filter"]!.ToJsonString();
                string state = made["attributes"]!["visState"]?.GetValue<string>() ?? "";
                int requests = Requests().Count(state), counted = Counted().Count(state);
                bool pinned = requests > 0 ? requests == counted : filters.Contains("""{"match_phrase":{"sflow.counted":true}}""", StringComparison.Ordinal);
                Assert.True(pinned == panel.CountedOnly, $"{dashboard.Title}: {panel.Title}");
            }
        }
    }

    [Fact]
    public void Panels_say_what_they_show_in_plain_words_and_each_dashboard_has_links_and_controls()
    {
        foreach (KibanaDashboard dashboard in KibanaDashboards.List)
        {
            Assert.Equal([Common.Navigation, Common.Controls], dashboard.Panels.Take(2));
            Assert.Contains($"[{dashboard.Title}](#/view/{dashboard.Id})", ((TextPanel)Common.Navigation).Markdown, StringComparison.Ordinal);
            Assert.Equal(dashboard.Panels.Count(), dashboard.Panels.Select(panel => panel.Title).Distinct().Count());
            Assert.Empty(BannedWords.In($"{dashboard.Title} {dashboard.Description}"));
        }
        Assert.All(Panels, panel =>
        {
            Assert.True(panel.Description.Length > 20 && panel.Description.EndsWith('.') || panel is ControlsPanel, $"{panel.Title}: {panel.Description}");
            Assert.Empty(BannedWords.In($"{panel.Title} {panel.Description}"));
        });
    }

    [Fact]
    public void A_field_that_documents_lack_is_refused() => Assert.Throws<ArgumentException>(() => Condition.Is("network.octets", "1"));

    private static string Name(JsonObject one) => $"{one["type"]} {one["id"]}";

    private static string Type(JsonObject one) => Text(one["type"]);

    private static string Text(JsonNode? node) => node!.GetValue<string>();

    private static JsonObject Nested(JsonNode? text) => JsonNode.Parse(Text(text))!.AsObject();

    [GeneratedRegex("""(RefName|indexPatternRefName)(\\u0022|"):(\\u0022|")(?<name>[^"\\]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RefName();

    [GeneratedRegex("\"(field|fieldName)\": ?\"(?<field>[a-z_@.]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FieldName();

    [GeneratedRegex("""\\"must\\": """, RegexOptions.None, 1000)]
    private static partial Regex Requests();

    [GeneratedRegex("""\{\\"term\\":\{\\"sflow.counted\\":true\}\}""", RegexOptions.None, 1000)]
    private static partial Regex Counted();
}
