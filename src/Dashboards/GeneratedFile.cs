using System.Text.Json.Nodes;
using SFlow.Dashboards.Definitions;
using SFlow.Dashboards.Grafana;
using SFlow.Dashboards.Kibana;
using SFlow.Dashboards.Model;
using SFlow.Dashboards.OpenShift;
using SFlow.Dashboards.Perses;
using SFlow.Dashboards.Rules;
using SFlow.Dashboards.Text;

namespace SFlow.Dashboards;

/// <summary>A file that this project writes.</summary>
/// <param name="Path">Path below the root of the repository.</param>
/// <param name="Text">Its content.</param>
internal sealed record GeneratedFile(string Path, string Text)
{
    private const string Note = "# Generated from src/Dashboards: ./build dashboards writes it.\n";

    public static IEnumerable<GeneratedFile> All()
    {
        foreach (Dashboard dashboard in AllDashboards.List)
        {
            yield return new GeneratedFile($"grafana/dashboards/{dashboard.Name}.json", JsonText.Of(GrafanaDashboard.Of(dashboard)));
            yield return Yaml($"grafana/perses/{dashboard.Name}.yaml", PersesDashboard.Of(dashboard));
            yield return Yaml($"deploy/console-dashboards/{dashboard.Name}.yaml", ConsoleDashboard.Of(dashboard));
            yield return Yaml($"deploy/grafana-operator/{dashboard.Name}.yaml", GrafanaResource.Of(dashboard));
        }
        foreach (RuleGroup group in AllRules.Groups) yield return Yaml($"grafana/rules/{group.Name}.yaml", RuleFile.Of([group]));
        yield return new GeneratedFile(KibanaFile.Path, KibanaFile.Text());
        yield return Yaml("deploy/rules/prometheusrule.yaml", RuleFile.Operator(AllRules.Groups));
        foreach (string folder in (string[])["deploy/console-dashboards", "deploy/grafana-operator", "grafana/perses"])
            yield return Yaml($"{folder}/kustomization.yaml", Kustomization(AllDashboards.List.Select(dashboard => $"{dashboard.Name}.yaml")));
    }

    private static JsonObject Kustomization(IEnumerable<string> resources) => new()
    {
        ["apiVersion"] = "kustomize.config.k8s.io/v1beta1",
        ["kind"] = "Kustomization",
        ["resources"] = new JsonArray([.. resources.Select(resource => JsonValue.Create(resource))]),
    };

    private static GeneratedFile Yaml(string path, JsonNode content) => new(path, Note + YamlText.Of(content));
}
