using System.Text.Json.Nodes;
using SFlow.Tests;

namespace SFlow.EndToEnd.Tests.Deploy;

/// <summary>An empty API server takes the base as it is, its namespace too, knows every field of it, and admits its pod as restricted.</summary>
public sealed class ApplyTests
{
    [Fact]
    public async Task A_real_api_server_takes_the_base_and_admits_its_pod_as_restricted()
    {
        await using KubernetesServer server = await KubernetesServer.StartAsync();
        string folder = Path.Combine(SharedFolder.Repository, "deploy", "base");

        (int code, string output, string error) = await server.KubectlAsync("", "apply", "--server-side", "--validate=strict", "-k", folder);
        Assert.True(code == 0, error);
        Assert.DoesNotContain("Warning", error, StringComparison.Ordinal);
        Assert.Equal(8, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal("172.30.0.63", await server.MustKubectlAsync("", "-n", "sflow", "get", "service", "sflow-exporter", "-o", "jsonpath={.spec.clusterIP}"));

        JsonNode deployment = JsonNode.Parse(await server.MustKubectlAsync("", "-n", "sflow", "get", "deployment", "sflow-exporter", "-o", "json"))!;
        Assert.Equal(0, (await CreatePodAsync(server, deployment, _ => { })).Code);

        // The same pod with one privilege more is refused: so the admission above says something.
        (int refused, string reason) = await CreatePodAsync(server, deployment, pod => pod["spec"]!["hostNetwork"] = true);
        Assert.NotEqual(0, refused);
        Assert.Contains("restricted", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_real_api_server_knows_every_field_of_every_overlay_and_component_and_admits_the_pods()
    {
        await using KubernetesServer server = await KubernetesServer.StartAsync();
        string deploy = Path.Combine(SharedFolder.Repository, "deploy");
        await server.MustKubectlAsync("", "apply", "--server-side", "-f", Path.Combine(deploy, "base", "namespace.yaml"));
        foreach (string overlay in Directory.GetDirectories(Path.Combine(deploy, "overlays")).Order(StringComparer.Ordinal)) await TryAsync(server, overlay);

        DirectoryInfo own = Directory.CreateTempSubdirectory("sflow-overlay-");
        try
        {
            // As a user's own overlay lists them. Two of them fit no other: one is for a server that is there, one makes it.
            foreach (string search in (string[])["eck", "opensearch"])
            {
                string[] components = [.. Directory.GetDirectories(Path.Combine(deploy, "components")).Order(StringComparer.Ordinal).Where(folder => Path.GetFileName(folder) is var name && name is not ("monitoring" or "network-policy") && (name is not ("eck" or "opensearch") || name == search))];
                Assert.Equal(7, components.Length);
                File.WriteAllText(Path.Combine(own.FullName, "kustomization.yaml"),
                    $"apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: sflow\nresources:\n  - {Relative(Path.Combine(deploy, "overlays", "openshift"))}\ncomponents:\n{string.Concat(components.Select(folder => $"  - {Relative(folder)}\n"))}");
                await TryAsync(server, own.FullName);
            }
        }
        finally
        {
            own.Delete(recursive: true);
        }

        string Relative(string folder) => Path.GetRelativePath(own.FullName, folder);
    }

    /// <summary>Applies without keeping, and creates a pod of each workload.</summary>
    private static async Task TryAsync(KubernetesServer server, string folder)
    {
        (int code, string output, string error) = await server.KubectlAsync("", "apply", "--server-side", "--dry-run=server", "--validate=strict", "-o", "json", "-k", folder);
        Assert.True(code == 0, $"{folder}: {error}");
        Assert.DoesNotContain("Warning", error, StringComparison.Ordinal);
        JsonNode[] workloads = [.. JsonNode.Parse(output)!["items"]!.AsArray().OfType<JsonNode>().Where(it => it["kind"]!.GetValue<string>() is "Deployment" or "DaemonSet" or "Job")];
        Assert.NotEmpty(workloads);
        foreach (JsonNode workload in workloads)
        {
            (int admitted, string reason) = await CreatePodAsync(server, workload, _ => { });
            Assert.True(admitted == 0, $"{folder}: {reason}");
        }
    }

    [Fact]
    public async Task The_command_of_the_readme_is_one_that_the_network_operator_s_schema_takes()
    {
        await using KubernetesServer server = await KubernetesServer.StartAsync();
        await server.MustKubectlAsync("apiVersion: operator.openshift.io/v1\nkind: Network\nmetadata: { name: cluster }\nspec: { clusterNetwork: [{ cidr: 10.128.0.0/14, hostPrefix: 23 }], serviceNetwork: [172.30.0.0/16], defaultNetwork: { type: OVNKubernetes } }", "apply", "-f", "-");
        string[] commands = [.. File.ReadLines(Path.Combine(SharedFolder.Repository, "deploy", "README.md"))
            .Where(line => line.TrimStart().StartsWith("oc patch network.operator cluster ", StringComparison.Ordinal))];
        Assert.Equal(3, commands.Length);

        await PatchAsync(server, commands[0]);
        Assert.Equal("""["172.30.0.63:6343"]""", await CollectorsAsync(server));
        await PatchAsync(server, commands[1]);
        Assert.Equal("""["172.30.0.63:6343","172.30.0.64:6343"]""", await CollectorsAsync(server));
        await PatchAsync(server, commands[2]);
        Assert.Equal("", await CollectorsAsync(server));
    }

    private static Task<string> PatchAsync(KubernetesServer server, string command)
    {
        string[] parts = command.Split('\'');
        return server.MustKubectlAsync("", [.. parts[0].Replace("oc patch network.operator ", "patch networks.operator.openshift.io ", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries), parts[1]]);
    }

    private static Task<string> CollectorsAsync(KubernetesServer server) =>
        server.MustKubectlAsync("", "get", "networks.operator.openshift.io", "cluster", "-o", "jsonpath={.spec.exportNetworkFlows.sFlow.collectors}");

    /// <summary>Creates a pod from the Deployment's template, as its controller would (there is none here), without keeping it.</summary>
    private static async Task<(int Code, string Error)> CreatePodAsync(KubernetesServer server, JsonNode deployment, Action<JsonNode> change)
    {
        JsonNode pod = deployment["spec"]!["template"]!.DeepClone();
        pod["apiVersion"] = "v1";
        pod["kind"] = "Pod";
        pod["metadata"]!["name"] = "sflow-exporter";
        change(pod);
        (int code, _, string error) = await server.KubectlAsync(pod.ToJsonString(), "-n", "sflow", "create", "--dry-run=server", "-f", "-");
        return (code, error);
    }
}
