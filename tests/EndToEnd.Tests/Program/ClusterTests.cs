using System.Text.Json;
using System.Text.Json.Nodes;
using SFlow.EndToEnd.Tests.Services;
using SFlow.Tests;

namespace SFlow.EndToEnd.Tests.Program;

/// <summary>The program on a real API server: what the client library does of it must work in the published program as it does in a test's own process.</summary>
public sealed class ClusterTests
{
    private const string Grafana = "10.128.0.5", Arrival = "10.128.2.50";

    [Fact]
    public async Task A_running_program_follows_the_cluster_of_a_kubeconfig()
    {
        await using KubeApiServer server = await StartLabAsync();
        await using ExporterProcess exporter = await ExporterProcess.StartAsync("run", "--kubeconfig", server.Kubeconfig);
        Dictionary<string, double> metrics = await exporter.WaitForAsync(metrics => metrics.GetValueOrDefault("sflow_exporter_kubernetes_objects{kind=\"Pod\"}") > 0
            && metrics["sflow_exporter_kubernetes_objects{kind=\"EndpointSlice\"}"] > 0);
        await exporter.WaitForAsync(metrics => metrics["sflow_exporter_kubernetes_objects{kind=\"Namespace\"}"] > 0);
        Assert.True(metrics["sflow_exporter_kubernetes_last_sync_timestamp_seconds{kind=\"Node\"}"] > 0);
        Assert.Contains("grafana", await ExplainAsync(exporter, Grafana), StringComparison.Ordinal);

        await server.CreatePodAsync("shop", "arrival", "worker-2", Arrival);
        string said = "";
        for (int wait = 0; wait < 200 && !said.Contains("arrival", StringComparison.Ordinal); wait++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
            said = await ExplainAsync(exporter, Arrival);
        }
        Assert.Contains("arrival", said, StringComparison.Ordinal);
        Assert.Equal(0, await exporter.StopAsync());
    }

    [Fact]
    public async Task A_token_may_come_from_a_program_that_the_kubeconfig_names()
    {
        await using KubeApiServer server = await StartLabAsync();
        await server.KubectlAsync("", "create", "namespace", "sflow");
        await server.KubectlAsync("", "-n", "sflow", "create", "serviceaccount", "sflow-exporter");
        await server.KubectlAsync("", "apply", "-f", Path.Combine(SharedFolder.Repository, "deploy", "base", "rbac.yaml"));
        DirectoryInfo folder = Directory.CreateTempSubdirectory("sflow-exec-");
        string credential = Path.Combine(folder.FullName, "credential"), kubeconfig = Path.Combine(folder.FullName, "kubeconfig");
        string token = (await server.ControlAsync("token", "sflow-exporter", "sflow", "3600")).Trim();
        await File.WriteAllTextAsync(credential, new JsonObject
        {
            ["apiVersion"] = "client.authentication.k8s.io/v1", ["kind"] = "ExecCredential", ["status"] = new JsonObject { ["token"] = token },
        }.ToJsonString(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(kubeconfig, $$"""
            apiVersion: v1
            kind: Config
            current-context: main
            contexts: [{ name: main, context: { cluster: main, user: main } }]
            clusters: [{ name: main, cluster: { server: "https://127.0.0.1:{{server.Port}}", certificate-authority: {{server.Authority}} } }]
            users: [{ name: main, user: { exec: { apiVersion: client.authentication.k8s.io/v1, command: cat, args: [{{credential}}], interactiveMode: Never } } }]
            """, TestContext.Current.CancellationToken);

        (int code, string said, string errors) = await ExporterProcess.RunAsync("explain", Grafana, "--kubeconfig", kubeconfig);
        Assert.True(code == 0, errors);
        Assert.Contains("grafana", said, StringComparison.Ordinal);
        Assert.Contains("\nnamespace: openshift-monitoring, since ", said, StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }

    private static async Task<KubeApiServer> StartLabAsync()
    {
        string inventory = SharedFolder.Require("ovn-lab", "inventory");
        KubeApiServer server = await KubeApiServer.StartAsync();
        await KubeApiServer.RunAsync(inventory, ["--load", server.Kubeconfig], "");
        return server;
    }

    private static async Task<string> ExplainAsync(ExporterProcess exporter, string address)
    {
        using JsonDocument answer = JsonDocument.Parse(await exporter.GetAsync($"/api/explain?address={address}"));
        return answer.RootElement.GetProperty("what").GetString()!;
    }
}
