using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SFlow.Dashboards.Definitions;
using SFlow.Dashboards.Grafana;
using SFlow.Dashboards.Model;
using SFlow.Dashboards.OpenShift;
using SFlow.Dashboards.Perses;

namespace SFlow.Exporter.Tests.Dashboards;

/// <summary>Each form of a dashboard keeps the rules of the program that reads it.</summary>
public sealed partial class FormTests
{
    public static TheoryData<string> Names => [.. AllDashboards.List.Select(dashboard => dashboard.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_Grafana_dashboard_is_fixed_found_by_its_name_and_importable_everywhere(string name)
    {
        JsonObject root = GrafanaDashboard.Of(Of(name));
        Assert.Matches("^[a-zA-Z0-9_-]{1,40}$", Text(root["uid"]));
        Assert.Equal((39, 1, false), (root["schemaVersion"]!.GetValue<int>(), root["version"]!.GetValue<int>(), root["editable"]!.GetValue<bool>()));
        Assert.Null(root["id"]);
        Assert.Equal("sflow", Text(root["tags"]![0]));
        JsonObject[] panels = [.. root["panels"]!.AsArray().Select(panel => panel!.AsObject())];
        Assert.Equal(panels.Length, panels.Select(panel => panel["id"]!.GetValue<int>()).Distinct().Count());
        foreach (JsonObject panel in panels.Where(panel => Text(panel["type"]) != "row"))
        {
            Assert.NotEmpty(panel["targets"]!.AsArray());
            Assert.All(panel["targets"]!.AsArray().Append(panel), part => Assert.Equal("${datasource}", Text(part!["datasource"]!["uid"])));
            Assert.NotNull(panel["fieldConfig"]!["defaults"]!["noValue"]);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Panels_do_not_overlap(string name)
    {
        HashSet<(int, int)> taken = [];
        foreach (JsonNode? panel in GrafanaDashboard.Of(Of(name))["panels"]!.AsArray())
        {
            int[] place = [.. ((string[])["x", "y", "w", "h"]).Select(side => panel!["gridPos"]![side]!.GetValue<int>())];
            Assert.InRange(place[0] + place[2], 1, Layout.Columns);
            for (int x = place[0]; x < place[0] + place[2]; x++)
                for (int y = place[1]; y < place[1] + place[3]; y++) Assert.True(taken.Add((x, y)), Text(panel!["title"]));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Variables_keep_the_rules_of_the_dashboard_linter(string name)
    {
        JsonObject[] variables = [.. GrafanaDashboard.Of(Of(name))["templating"]!["list"]!.AsArray().Select(variable => variable!.AsObject())];
        Assert.Equal(["datasource", "job", "instance"], variables[..3].Select(variable => Text(variable["name"])));
        Assert.Equal(("Data source", "datasource", "prometheus"), (Text(variables[0]["label"]), Text(variables[0]["type"]), Text(variables[0]["query"])));
        Assert.All(variables.Where(variable => Text(variable["type"]) == "query"), variable =>
        {
            Assert.Equal(2, variable["refresh"]!.GetValue<int>());
            Assert.True(variable["multi"]!.GetValue<bool>() && variable["includeAll"]!.GetValue<bool>());
            Assert.Matches(@"^\.[+*]$", Text(variable["allValue"]));
            Assert.Matches(@"^label_values\(.+, \w+\)$", Text(variable["definition"]));
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_OpenShift_console_gets_only_panels_and_variables_that_it_has(string name)
    {
        JsonObject content = ConsoleDashboard.Content(Of(name));
        HashSet<string> known = [.. content["templating"]!["list"]!.AsArray().Select(variable => Text(variable!["name"])), "__rate_interval", "__range"];
        JsonObject[] panels = [.. content["rows"]!.AsArray().SelectMany(row => row!["panels"]!.AsArray()).Select(panel => panel!.AsObject())];
        Assert.NotEmpty(panels);
        foreach (JsonObject panel in panels)
        {
            Assert.Contains(Text(panel["type"]), (string[])["graph", "singlestat", "table"]);
            Assert.InRange(panel["span"]!.GetValue<int>(), 1, 12);
            foreach (JsonNode? target in panel["targets"]!.AsArray())
                Assert.All(VariableName().Matches(Text(target!["expr"])), match => Assert.Contains(match.Groups["name"].Value, known));
        }
        JsonObject map = ConsoleDashboard.Of(Of(name));
        Assert.Equal(("openshift-config-managed", "true"), (Text(map["metadata"]!["namespace"]), Text(map["metadata"]!["labels"]!["console.openshift.io/dashboard"])));
        Assert.Single(map["data"]!.AsObject());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_Perses_layout_names_each_panel_once(string name)
    {
        JsonNode config = PersesDashboard.Of(Of(name))["spec"]!["config"]!;
        IEnumerable<string> placed = config["layouts"]!.AsArray().SelectMany(layout => layout!["spec"]!["items"]!.AsArray()).Select(item => Text(item!["content"]!["$ref"]));
        Assert.Equal(config["panels"]!.AsObject().Select(panel => $"#/spec/panels/{panel.Key}"), placed);
    }

    private static Dashboard Of(string name) => AllDashboards.List.Single(dashboard => dashboard.Name == name);

    private static string Text(JsonNode? node) => node!.GetValue<string>();

    [GeneratedRegex(@"\$\{?(?<name>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex VariableName();
}
