using System.Text.Json.Nodes;

namespace SFlow.Dashboards.Rules;

/// <summary>Groups of rules as Prometheus reads them, and as the object of the Prometheus operator.</summary>
internal static class RuleFile
{
    /// <summary>Where the runbooks are, from the root of the repository. docs/dashboards.md shows how to put the address of a copy before it.</summary>
    private const string Runbooks = "docs/runbooks/";

    public static JsonObject Of(IEnumerable<RuleGroup> groups) => new() { ["groups"] = new JsonArray([.. groups.Select(Group)]) };

    public static JsonObject Operator(IEnumerable<RuleGroup> groups) => new()
    {
        ["apiVersion"] = "monitoring.coreos.com/v1",
        ["kind"] = "PrometheusRule",
        ["metadata"] = new JsonObject
        {
            ["name"] = "sflow-exporter",
            ["labels"] = new JsonObject
            {
                ["app.kubernetes.io/name"] = "sflow-exporter",
                // OpenShift then evaluates the rules where the series are, and not in Thanos.
                ["openshift.io/prometheus-rule-evaluation-scope"] = "leaf-prometheus",
            },
        },
        ["spec"] = Of(groups),
    };

    private static JsonNode Group(RuleGroup group) => new JsonObject { ["name"] = group.Name, ["rules"] = new JsonArray([.. group.Rules.Select(Rule)]) };

    private static JsonNode Rule(Rule rule) => rule is Alert alert
        ? new JsonObject
        {
            ["alert"] = alert.Name,
            ["expr"] = alert.Expression.Text,
            ["for"] = alert.For,
            ["labels"] = new JsonObject { ["severity"] = alert.Severity.ToString().ToLowerInvariant() },
            ["annotations"] = new JsonObject { ["summary"] = alert.Summary, ["description"] = alert.Description, ["runbook_url"] = $"{Runbooks}{alert.Name}.md" },
        }
        : new JsonObject { ["record"] = rule.Name, ["expr"] = rule.Expression.Text };
}
