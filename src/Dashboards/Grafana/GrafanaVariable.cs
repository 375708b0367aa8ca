using System.Text.Json.Nodes;
using SFlow.Dashboards.Model;

namespace SFlow.Dashboards.Grafana;

/// <summary>A variable of a dashboard. Values of labels are read again when the time range changes.</summary>
internal static class GrafanaVariable
{
    /// <summary>What series counted before they lost their place has the time as a label value: no choice for a reader.</summary>
    private const string NoFormerSeries = "/^(?!__former_).*/";

    public static JsonNode Of(Variable variable)
    {
        JsonObject made = new() { ["name"] = variable.Name, ["label"] = variable.Title, ["hide"] = 0 };
        switch (variable.Kind)
        {
            case VariableKind.Datasource: Datasource(made, variable); break;
            case VariableKind.Labels: Labels(made, variable); break;
            case VariableKind.Choice: Choice(made, variable); break;
            default: Text(made, variable); break;
        }
        return made;
    }

    private static void Datasource(JsonObject made, Variable variable)
    {
        made["type"] = "datasource";
        made["query"] = variable.Value;
        made["current"] = new JsonObject { ["text"] = "default", ["value"] = "default" };
        made["regex"] = "";
        made["refresh"] = 1;
    }

    private static void Labels(JsonObject made, Variable variable)
    {
        string query = $"label_values({variable.Series}, {variable.Label})";
        made["type"] = "query";
        made["datasource"] = GrafanaDashboard.Datasource();
        made["definition"] = query;
        made["query"] = new JsonObject { ["qryType"] = 1, ["query"] = query, ["refId"] = "PrometheusVariableQueryEditor-VariableQuery" };
        made["refresh"] = 2;
        made["sort"] = 1;
        made["multi"] = true;
        made["includeAll"] = true;
        made["allValue"] = variable.Pattern;
        made["regex"] = NoFormerSeries;
        made["current"] = new JsonObject { ["text"] = new JsonArray("All"), ["value"] = new JsonArray(variable.Value) };
        made["options"] = new JsonArray();
    }

    private static void Choice(JsonObject made, Variable variable)
    {
        made["type"] = "custom";
        made["query"] = string.Join(", ", variable.Choices.Select(choice => $"{choice.Text} : {choice.Value}"));
        made["current"] = Option(variable.Choices[0]);
        made["options"] = new JsonArray([.. variable.Choices.Select(Option)]);
        made["multi"] = false;
        made["includeAll"] = false;

        JsonNode Option((string Text, string Value) choice) =>
            new JsonObject { ["text"] = choice.Text, ["value"] = choice.Value, ["selected"] = choice.Value == variable.Value };
    }

    private static void Text(JsonObject made, Variable variable)
    {
        made["type"] = "textbox";
        made["query"] = variable.Value;
        made["current"] = new JsonObject { ["text"] = variable.Value, ["value"] = variable.Value };
        made["options"] = new JsonArray(new JsonObject { ["text"] = variable.Value, ["value"] = variable.Value, ["selected"] = true });
    }
}
