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
    public async Task The_command_of_the_readme_is_one_that_the_network_operator_s_schema_takes()
    {
        await using KubernetesServer server = await KubernetesServer.StartAsync();
        await server.MustKubectlAsync("apiVersion: operator.openshift.io/v1\nkind: Network\nmetadata: { name: cluster }\nspec: { clusterNetwork: [{ cidr: 10.128.0.0/14, hostPrefix: 23 }], serviceNetwork: [172.30.0.0/16], defaultNetwork: { type: OVNKubernetes } }", "apply", "-f", "-");
        string[] commands = [.. File.ReadLines(Path.Combine(SharedFolder.Repository, "deploy", "README.md"))
            .Where(line => line.TrimStart().StartsWith("oc patch network.operator cluster ", StringComparison.Ordinal))];
        Assert.Equal(2, commands.Length);

        await PatchAsync(server, commands[0]);
        Assert.Equal("""["172.30.0.63:6343"]""", await CollectorsAsync(server));
        await PatchAsync(server, commands[1]);
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
