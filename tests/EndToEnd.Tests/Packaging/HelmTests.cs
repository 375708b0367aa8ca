using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using SFlow.EndToEnd.Tests.Deploy;
using SFlow.Packaging.Chart;
using SFlow.Packaging.Kustomize;
using SFlow.Tests;
using YamlDotNet.RepresentationModel;

namespace SFlow.EndToEnd.Tests.Packaging;

/// <summary>The Helm chart makes the objects of kustomize, also in combinations that its generation did not see, and the API server knows every field of them.</summary>
public sealed class HelmTests
{
    private const string Image = "sflow-exporter";

    private static readonly Dictionary<string, string> folders = new(StringComparer.Ordinal)
    {
        ["monitoring"] = "monitoring", ["networkPolicy"] = "network-policy", ["persistence"] = "persistence", ["pageRoute"] = "page-route", ["eck"] = "eck",
        ["opensearch"] = "opensearch", ["setupJob"] = "setup-job", ["kibanaRoute"] = "kibana-route",
    };

    public static TheoryData<string, string> Combinations => new()
    {
        { "base", "" },
        { "base", "monitoring networkPolicy" },
        { "base", "monitoring networkPolicy persistence pageRoute eck setupJob kibanaRoute" },
        { "base", "monitoring persistence pageRoute opensearch setupJob" },
        { "base", "networkPolicy persistence eck" },
        { "overlays/kubernetes", "persistence opensearch setupJob" },
        { "overlays/kubernetes", "eck" },
    };

    [Theory]
    [MemberData(nameof(Combinations))]
    public async Task The_chart_makes_what_kustomize_makes(string root, string components)
    {
        string[] names = components.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        RequireKubectl();
        IReadOnlyList<string> texts = Assert.Single(await RenderedChart.RenderAsync("sflow", Values(root, names)));
        string[] chart = [.. RenderedChart.Objects(texts).Select(RenderedChart.Canonical).Order(StringComparer.Ordinal)];

        YamlMappingNode[] rendered = [.. Kustomization.Render(SharedFolder.Repository, root, names.Select(name => folders[name]), Image).Where(it => it.Text("kind") != "Namespace")];
        // Objects of the cluster have no namespace, whatever kustomize adds.
        foreach (YamlMappingNode link in rendered.Where(it => it.Text("kind") == "ConsoleLink")) ((YamlMappingNode)link.Children["metadata"]).Children.Remove("namespace");
        Assert.Equal([.. rendered.Select(RenderedChart.Canonical).Order(StringComparer.Ordinal)], chart);
    }

    [Fact]
    public void Committed_templates_equal_the_generated_ones()
    {
        RequireKubectl();
        (string Path, string Text)[] generated = [.. HelmChart.Files(SharedFolder.Repository)];
        Assert.All(generated, file => Assert.True(File.ReadAllText(Path.Combine(SharedFolder.Repository, file.Path)) == file.Text, $"{file.Path} differs from kustomize: run ./build packages, and commit what it writes."));
        string[] templates = [.. Directory.GetFiles(Path.Combine(RenderedChart.Folder, "templates"), "*.yaml").Select(file => Path.GetRelativePath(SharedFolder.Repository, file)).Order(StringComparer.Ordinal)];
        Assert.Equal(generated.Select(file => file.Path).Where(path => path.Contains("/templates/", StringComparison.Ordinal)).Order(StringComparer.Ordinal), templates);
    }

    [Fact]
    public async Task Values_reach_the_objects()
    {
        JsonObject values = Values("base", ["monitoring", "persistence", "pageRoute", "opensearch", "setupJob"]);
        values["image"] = new JsonObject { ["repository"] = "registry.test/flows", ["tag"] = "1.2.3" };
        values["service"] = new JsonObject { ["address"] = "10.96.0.63" };
        values["persistence"] = new JsonObject { ["size"] = "9Gi" };
        values["consoleLink"] = new JsonObject { ["domain"] = "apps.cluster.test" };
        values["resources"] = new JsonObject { ["limits"] = new JsonObject { ["memory"] = "3Gi" } };
        values["options"] = new JsonObject { ["SFLOW_Elasticsearch__Url"] = "https://search.test:9200", ["SFLOW_Receive__Workers"] = "4" };
        YamlMappingNode[] objects = [.. RenderedChart.Objects(Assert.Single(await RenderedChart.RenderAsync("flows", values)))];

        Assert.All(objects.Where(it => it.Text("kind") is not ("ClusterRole" or "ClusterRoleBinding" or "ConsoleLink")), it => Assert.Equal("flows", it.Text("metadata", "namespace")));
        Assert.Contains(objects, it => it.Text("kind") == "Service" && it.Text("spec", "clusterIP") == "10.96.0.63");
        Assert.Equal("9Gi", Assert.Single(objects, it => it.Text("kind") == "PersistentVolumeClaim").Text("spec", "resources", "requests", "storage"));
        Assert.Equal("https://sflow-exporter-flows.apps.cluster.test/", Assert.Single(objects, it => it.Text("kind") == "ConsoleLink").Text("spec", "href"));
        foreach (string kind in (string[])["Deployment", "Job"])
        {
            YamlMappingNode container = (YamlMappingNode)((YamlSequenceNode)Assert.Single(objects, it => it.Text("kind") == kind)["spec"]["template"]["spec"]["containers"])[0];
            Assert.Equal("registry.test/flows:1.2.3", container.Text("image"));
            Assert.Equal("https://search.test:9200", Assert.Single((YamlSequenceNode)container["env"], it => it.Text("name") == "SFLOW_Elasticsearch__Url").Text("value"));
            if (kind != "Deployment") continue;
            Assert.Equal("3Gi", container.Text("resources", "limits", "memory"));
            YamlNode workers = Assert.Single((YamlSequenceNode)container["env"], it => it.Text("name") == "SFLOW_Receive__Workers")["value"];
            Assert.Equal("\"4\"", RenderedChart.Canonical(workers));
        }
        // The certificate of the service CA has the name of the Service in its namespace.
        YamlMappingNode monitor = Assert.Single(objects, it => it.Text("kind") == "ServiceMonitor");
        Assert.Equal("sflow-exporter-metrics.flows.svc", monitor["spec"]["endpoints"][0].Text("tlsConfig", "serverName"));
    }

    [Theory]
    [InlineData("""{}""", true)]
    [InlineData("""{"components":{"monitoring":true,"pageRoute":true,"eck":true,"opensearch":false,"setupJob":true}}""", true)]
    [InlineData("""{"components":{"monitoring":false,"pageRoute":true}}""", false)]
    [InlineData("""{"components":{"eck":true,"opensearch":true}}""", false)]
    [InlineData("""{"components":{"eck":false,"opensearch":false,"setupJob":true}}""", false)]
    [InlineData("""{"components":{"eck":false,"kibanaRoute":true}}""", false)]
    [InlineData("""{"platform":"kubernetes","components":{"monitoring":true}}""", false)]
    [InlineData("""{"options":{"SFLOW_Receive__Workers":4}}""", false)]
    [InlineData("""{"service":{"address":"172.30.0.63; rm"}}""", false)]
    [InlineData("""{"component":{}}""", false)]
    public void The_schema_refuses_what_does_not_work_together(string values, bool isValid)
    {
        using JsonDocument instance = JsonDocument.Parse(values);
        Assert.Equal(isValid, Schema().Evaluate(instance.RootElement).IsValid);
    }

    [Fact]
    public async Task A_real_api_server_knows_every_field_of_the_chart()
    {
        await using KubernetesServer server = await KubernetesServer.StartAsync();
        await server.MustKubectlAsync("", "create", "namespace", "sflow");
        foreach (ITheoryDataRow row in Combinations)
        {
            string root = (string)row.GetData()[0]!, components = (string)row.GetData()[1]!;
            IReadOnlyList<string> texts = Assert.Single(await RenderedChart.RenderAsync("sflow", Values(root, components.Split(' ', StringSplitOptions.RemoveEmptyEntries))));
            (int code, _, string error) = await server.KubectlAsync(string.Join("\n---\n", texts.Where(text => text.Contains("apiVersion:", StringComparison.Ordinal))), "apply", "--server-side", "--dry-run=server", "--validate=strict", "-f", "-");
            Assert.True(code == 0, $"{components}: {error}");
            Assert.DoesNotContain("Warning", error, StringComparison.Ordinal);
        }
    }

    private static JsonObject Values(string root, string[] components) => new()
    {
        ["platform"] = root == "base" ? "openshift" : "kubernetes",
        ["image"] = new JsonObject { ["repository"] = Image },
        ["components"] = new JsonObject(folders.Keys.Select(name => KeyValuePair.Create<string, JsonNode?>(name, components.Contains(name)))),
    };

    private static void RequireKubectl() => Assert.SkipUnless((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "kubectl"))), "needs kubectl, which renders the folders of deploy");

    private static JsonSchema Schema() => JsonSchema.FromText(File.ReadAllText(Path.Combine(RenderedChart.Folder, "values.schema.json")));
}
