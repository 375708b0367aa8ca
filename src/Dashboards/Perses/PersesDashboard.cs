using System.Text.Json.Nodes;
using SFlow.Dashboards.Model;

namespace SFlow.Dashboards.Perses;

/// <summary>An object of the Perses operator, which OpenShift's Cluster Observability Operator includes.</summary>
internal static class PersesDashboard
{
    public static JsonObject Of(Dashboard dashboard)
    {
        JsonObject panels = [];
        JsonArray layouts = [];
        foreach (Row row in dashboard.Rows)
        {
            JsonArray items = [];
            int top = 0;
            foreach (Placed placed in Layout.Place(row with { Panels = [.. row.Panels.Where(PersesPanel.IsKnown)] }, ref top))
            {
                string key = $"panel-{panels.Count + 1}";
                panels[key] = PersesPanel.Of(placed.Panel);
                items.Add(Item(placed, key));
            }
            if (items.Count > 0) layouts.Add(Grid(row.Title, items));
        }
        return new JsonObject
        {
            ["apiVersion"] = "perses.dev/v1alpha2",
            ["kind"] = "PersesDashboard",
            ["metadata"] = new JsonObject { ["name"] = $"sflow-{dashboard.Name}", ["labels"] = new JsonObject { ["app.kubernetes.io/part-of"] = "sflow-exporter" } },
            ["spec"] = new JsonObject
            {
                ["config"] = new JsonObject
                {
                    ["display"] = new JsonObject { ["name"] = $"sFlow / {dashboard.Title}", ["description"] = dashboard.Description },
                    ["duration"] = dashboard.Range,
                    ["refreshInterval"] = "1m",
                    ["variables"] = new JsonArray([.. dashboard.AllVariables.Where(IsUsed).Select(Variable)]),
                    ["panels"] = panels,
                    ["layouts"] = layouts,
                },
            },
        };
    }

    /// <summary>Perses has a default data source, and no links with the value of a cell.</summary>
    private static bool IsUsed(Variable variable) => variable.Kind != VariableKind.Datasource && variable != Model.Variable.PageUrl && variable != Model.Variable.KibanaUrl;

    private static JsonNode Variable(Variable variable) => variable.Kind == VariableKind.Text
        ? new JsonObject { ["kind"] = "TextVariable", ["spec"] = new JsonObject { ["name"] = variable.Name, ["display"] = Display(variable), ["value"] = variable.Value } }
        : new JsonObject { ["kind"] = "ListVariable", ["spec"] = variable.Kind == VariableKind.Labels ? Labels(variable) : Choice(variable) };

    private static JsonObject Display(Variable variable) => new() { ["name"] = variable.Title };

    private static JsonObject Labels(Variable variable) => new()
    {
        ["name"] = variable.Name,
        ["display"] = Display(variable),
        ["allowMultiple"] = true,
        ["allowAllValue"] = true,
        ["customAllValue"] = variable.Pattern,
        ["defaultValue"] = new JsonArray("$__all"),
        ["sort"] = "alphabetical-asc",
        ["plugin"] = new JsonObject
        {
            ["kind"] = "PrometheusLabelValuesVariable",
            ["spec"] = new JsonObject { ["labelName"] = variable.Label, ["matchers"] = new JsonArray(variable.Series) },
        },
    };

    private static JsonObject Choice(Variable variable) => new()
    {
        ["name"] = variable.Name,
        ["display"] = Display(variable),
        ["allowMultiple"] = false,
        ["allowAllValue"] = false,
        ["defaultValue"] = variable.Value,
        ["plugin"] = new JsonObject
        {
            ["kind"] = "StaticListVariable",
            ["spec"] = new JsonObject { ["values"] = new JsonArray([.. variable.Choices.Select(choice => new JsonObject { ["label"] = choice.Text, ["value"] = choice.Value })]) },
        },
    };

    private static JsonObject Item(Placed placed, string key) => new()
    {
        ["x"] = placed.Left, ["y"] = placed.Top, ["width"] = placed.Panel.Width, ["height"] = placed.Panel.Height,
        ["content"] = new JsonObject { ["$ref"] = $"#/spec/panels/{key}" },
    };

    private static JsonObject Grid(string title, JsonArray items)
    {
        JsonObject spec = new() { ["items"] = items };
        if (title.Length > 0) spec["display"] = new JsonObject { ["title"] = title, ["collapse"] = new JsonObject { ["open"] = true } };
        return new JsonObject { ["kind"] = "Grid", ["spec"] = spec };
    }
}
