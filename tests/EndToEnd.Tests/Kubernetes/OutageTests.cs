using System.Globalization;
using SFlow.EndToEnd.Tests.Services;
using SFlow.Tests;

namespace SFlow.EndToEnd.Tests.Kubernetes;

/// <summary>
/// The running program while the API server is away for a whole minute and its token changes in the meantime: all traffic keeps its names, nothing
/// becomes unknown for a moment, and what changed is caught up.
/// </summary>
public sealed class OutageTests(ITestOutputHelper output) : IDisposable
{
    private const string Capture = "ovn-s1-svc";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("sflow-outage-");

    [Fact]
    public async Task A_minute_without_the_API_and_a_new_token_change_no_name()
    {
        string inventory = SharedFolder.Require("ovn-lab", "inventory");
        await using KubeApiServer server = await KubeApiServer.StartAsync();
        await server.KubectlAsync("", "create", "namespace", "sflow");
        await server.KubectlAsync("", "-n", "sflow", "create", "serviceaccount", "sflow-exporter");
        await server.KubectlAsync("", "apply", "-f", Path.Combine(SharedFolder.Repository, "deploy", "base", "rbac.yaml"));
        await KubeApiServer.RunAsync(inventory, ["--load", server.Kubeconfig], "");
        // Good until the server goes, however long the start takes; when the server is back, it has run out.
        await WriteTokenAsync(server, 60);

        await using ExporterProcess exporter = await ExporterProcess.StartAsync("run", "--kubeconfig", Kubeconfig);
        await exporter.WaitForAsync(metrics => metrics[Objects("Pod")] >= 6 && metrics[Objects("Node")] >= 2 && metrics[Objects("Service")] >= 5 && metrics[Objects("EndpointSlice")] >= 5);
        await PlayAsync(exporter);
        List<string> named = Series(await exporter.MetricsAsync());
        Assert.True(named.Count > 5, string.Join('\n', named));

        await server.ControlAsync("kill-apiserver");
        DateTime back = DateTime.UtcNow.AddSeconds(60);
        int played = 0;
        for (; DateTime.UtcNow < back; played++)
        {
            await PlayAsync(exporter);
            Assert.Equal(named, Series(await exporter.MetricsAsync()));
            await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        }
        Dictionary<string, double> away = await exporter.MetricsAsync();
        Assert.True(Errors(away, "connection") > 0);
        Assert.Equal(6, away[Objects("Pod")]);
        Assert.StartsWith("Ready", await exporter.GetAsync("/-/ready"), StringComparison.OrdinalIgnoreCase);

        // The first token has run out meanwhile; a new one lies in its place.
        await server.ControlAsync("start-apiserver");
        await WriteTokenAsync(server, 3600);
        await server.CreatePodAsync("shop", "after-the-outage", "worker-1", "10.128.0.99");
        await exporter.WaitForAsync(metrics => metrics[Objects("Pod")] >= 7);
        Assert.True(Errors(await exporter.MetricsAsync(), "unauthorized") > 0);
        Assert.Contains("after-the-outage", await exporter.GetAsync("/api/explain?address=10.128.0.99"), StringComparison.Ordinal);
        await PlayAsync(exporter);
        Dictionary<string, double> metrics = await exporter.MetricsAsync();
        Assert.Equal(named, Series(metrics));
        string line = $"{named.Count} series the same through {played} rounds of traffic in a minute without API; "
            + $"{Errors(metrics, "connection")} refused connections, {Errors(metrics, "unauthorized")} refused tokens";
        output.WriteLine(line);
        TestContext.Current.SendDiagnosticMessage(line);
    }

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>Plays the capture once, as agents that begin anew, and waits until all of it is counted.</summary>
    private static async Task PlayAsync(ExporterProcess exporter)
    {
        double before = (await exporter.MetricsAsync())["sflow_exporter_datagrams_received_total"];
        (int code, _, string errors) = await ExporterProcess.RunAsync("replay", Path.Combine(SharedFolder.Repository, "tests", "captures", Capture + ".pcap"),
            "--to", $"127.0.0.1:{exporter.Port}", "--rate", "1000");
        Assert.True(code == 0, errors);
        await exporter.WaitForAsync(metrics => metrics["sflow_exporter_datagrams_received_total"] > before);
    }

    private static List<string> Series(Dictionary<string, double> metrics) =>
        [.. metrics.Keys.Where(key => key.StartsWith("sflow_flow_bytes_total{", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <summary>Of all kinds: they share one client, so that one refusal brings the new token to all.</summary>
    private static double Errors(Dictionary<string, double> metrics, string reason) => metrics
        .Where(metric => metric.Key.StartsWith("sflow_exporter_kubernetes_errors_total{", StringComparison.Ordinal) && metric.Key.Contains($"reason=\"{reason}\"", StringComparison.Ordinal)).Sum(metric => metric.Value);

    private static string Objects(string kind) => $"sflow_exporter_kubernetes_objects{{kind=\"{kind}\"}}";

    private string Kubeconfig => Path.Combine(folder.FullName, "kubeconfig");

    /// <summary>Puts a kubeconfig with a new token in place of the old one, by one rename.</summary>
    private async Task WriteTokenAsync(KubeApiServer server, int seconds)
    {
        string token = await server.ControlAsync("token", "sflow-exporter", "sflow", seconds.ToString(CultureInfo.InvariantCulture));
        await File.WriteAllTextAsync(Kubeconfig + ".next", $$"""
            apiVersion: v1
            kind: Config
            clusters: [{name: lab, cluster: {server: "https://127.0.0.1:{{server.Port}}", certificate-authority: "{{server.Authority}}" } }]
            users: [{name: exporter, user: {token: "{{token.Trim()}}" } }]
            contexts: [{name: lab, context: {cluster: lab, user: exporter} }]
            current-context: lab

            """);
        File.Move(Kubeconfig + ".next", Kubeconfig, overwrite: true);
    }
}
