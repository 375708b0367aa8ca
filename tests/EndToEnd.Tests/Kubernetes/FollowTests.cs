using SFlow.EndToEnd.Tests.Services;
using SFlow.Exporter.Identify.Kubernetes;
using SFlow.Exporter.Pipeline;
using SFlow.Tests;

namespace SFlow.EndToEnd.Tests.Kubernetes;

/// <summary>A real API server is followed through everything that befalls it: the book is right, and no address vanishes meanwhile.</summary>
public sealed class FollowTests
{
    private const string Stable = "10.128.0.5", StableToo = "172.30.88.9", Agent = "10.128.2.2";

    [Fact]
    public async Task Objects_are_named_as_they_come_change_and_go()
    {
        await using KubeApiServer server = await StartLabAsync();
        await using FollowedCluster cluster = await FollowAsync(server);
        Assert.Equal(("openshift-monitoring", "Deployment", "grafana", "worker-1"), (cluster.At(Stable).Namespace, cluster.At(Stable).OwnerKind, cluster.At(Stable).OwnerName, cluster.At(Stable).NodeName));
        Assert.Equal("checkout", cluster.At(StableToo).Name);
        Assert.Equal("worker-2", cluster.Registries.Nodes[cluster.At(Agent).Node].Name);
        Assert.Equal("@node", cluster.At("192.168.100.11").Label);
        cluster.AskAllTheTime(Stable, StableToo, Agent, "fd01:0:0:1::5");

        await server.CreatePodAsync("shop", "new", "worker-2", "10.128.2.50");
        await cluster.UntilNamedAsync("10.128.2.50", "new");
        Assert.Equal("worker-2", cluster.Registries.Nodes[cluster.At("10.128.2.50").HostNode].Name);
        await server.PatchStatusAsync("shop", "new", """{"status":{"podIP":"10.128.2.51","podIPs":[{"ip":"10.128.2.51"}]}}""");
        await cluster.UntilNamedAsync("10.128.2.51", "new");

        // The address of a pod that is gone stays its own until another one has it.
        await server.DeletePodAsync("shop", "new");
        await FollowedCluster.UntilAsync(() => cluster.Index.Former == 2, () => $"{cluster.Index.Former} former owners");
        Assert.Equal("new", cluster.At("10.128.2.51").Name);
        await server.CreatePodAsync("openshift-dns", "heir", "worker-2", "10.128.2.51");
        await cluster.UntilNamedAsync("10.128.2.51", "heir");

        await server.KubectlAsync("", "-n", "shop", "create", "service", "clusterip", "late", "--clusterip=172.30.5.5", "--tcp=8443:8443");
        await cluster.UntilNamedAsync("172.30.5.5", "late");
        AssertNothingFlapped(cluster);

        await server.KubectlAsync("", "label", "node", "worker-2", "--overwrite", "topology.kubernetes.io/zone=zone-z");
        await FollowedCluster.UntilAsync(() => cluster.At("10.128.2.51").Zone == "zone-z", () => $"zone {cluster.At("10.128.2.51").Zone}");
    }

    /// <summary>Only metadata of namespaces is asked for; it is enough for their age, their people and their end.</summary>
    [Fact]
    public async Task Namespaces_are_explained_as_they_come_change_and_go()
    {
        await using KubeApiServer server = await StartLabAsync();
        await server.KubectlAsync("", "annotate", "namespace", "shop", "openshift.io/requester=alice", "openshift.io/display-name=The shop");
        await using FollowedCluster cluster = await FollowAsync(server);
        await FollowedCluster.UntilAsync(() => cluster.Figures("Namespace").Objects > 0, () => cluster.Said);
        Assert.Equal((await server.KubectlAsync("", "get", "namespaces", "-o", "name")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length, cluster.Figures("Namespace").Objects);
        string created = (await server.KubectlAsync("", "get", "namespace", "shop", "-o", "jsonpath={.metadata.creationTimestamp}")).Replace('T', ' ');
        await UntilExplainedAsync($"shop \"The shop\", since {created}, requested by alice");

        await server.KubectlAsync("", "annotate", "namespace", "shop", "--overwrite", "openshift.io/requester=bob");
        await UntilExplainedAsync($"shop \"The shop\", since {created}, requested by bob");
        await server.KubectlAsync("", "delete", "namespace", "shop", "--wait=false");
        string deleted = (await server.KubectlAsync("", "get", "namespace", "shop", "-o", "jsonpath={.metadata.deletionTimestamp}")).Replace('T', ' ');
        await UntilExplainedAsync($"shop \"The shop\", since {created}, requested by bob; being deleted since {deleted}");
        await server.ControlAsync("finalize", "shop");
        await UntilExplainedAsync("shop, which does not exist any more");

        Task UntilExplainedAsync(string expected) => FollowedCluster.UntilAsync(() => cluster.Explain(StableToo).Namespace?.ToString() == expected, () => cluster.Explain(StableToo).ToString());
    }

    [Fact]
    public async Task An_outage_a_break_and_a_compaction_leave_everybody_named_and_miss_no_change()
    {
        await using KubeApiServer server = await StartLabAsync();
        await using FollowedCluster cluster = await FollowAsync(server);
        cluster.AskAllTheTime(Stable, StableToo, Agent);

        await server.ControlAsync("kill-apiserver");
        await Task.Delay(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        Assert.True(cluster.Figures("Pod")[ApiFault.Connection] > 0);
        await server.ControlAsync("start-apiserver");
        await server.CreatePodAsync("shop", "after-outage", "worker-1", "10.128.0.60");
        await cluster.UntilNamedAsync("10.128.0.60", "after-outage");

        // All history is forgotten: each kind is listed again, and what was deleted unseen is gone. A server that starts may not know the kinds of
        // resource definitions for a moment; the exporter asks for these again later.
        string[] served = [.. KubernetesResource.All.Where(kind => kind.Installed).Select(kind => kind.Kind)];
        Dictionary<string, long> before = served.ToDictionary(kind => kind, kind => cluster.Figures(kind).Relists);
        await server.ControlAsync("stop-apiserver");
        await server.ControlAsync("start-apiserver");
        await server.DeletePodAsync("shop", "after-outage");
        await server.ControlAsync("expire");
        await server.CreatePodAsync("shop", "after-expiry", "worker-1", "10.128.0.61");
        await cluster.UntilNamedAsync("10.128.0.61", "after-expiry");
        await FollowedCluster.UntilAsync(() => served.All(kind => cluster.Figures(kind).Relists > before[kind]),
            () => string.Join(", ", served.Select(kind => $"{kind} {cluster.Figures(kind).Relists} relists, {before[kind]} before")));
        Assert.Equal(1, cluster.Index.Former);
        AssertNothingFlapped(cluster);
    }

    [Fact]
    public async Task An_API_that_falls_silent_is_noticed_and_followed_again()
    {
        await using KubeApiServer server = await StartLabAsync();
        await using FollowedCluster cluster = await new FollowedCluster(KubernetesAccess.Kubeconfig(server.Kubeconfig),
            new WatchTiming { FirstDelay = TimeSpan.FromSeconds(0.2), LongestDelay = TimeSpan.FromSeconds(1), Silence = TimeSpan.FromSeconds(3), Patience = TimeSpan.FromSeconds(3) }).StartAsync();
        await cluster.UntilReadyAsync();
        cluster.AskAllTheTime(Stable, StableToo, Agent);
        await server.ControlAsync("pause-apiserver");
        await Task.Delay(TimeSpan.FromSeconds(8), TestContext.Current.CancellationToken);
        Assert.True(cluster.Figures("Pod")[ApiFault.Silent] > 0);
        await server.ControlAsync("resume-apiserver");
        await server.CreatePodAsync("shop", "awake", "worker-1", "10.128.0.70");
        await cluster.UntilNamedAsync("10.128.0.70", "awake");
        AssertNothingFlapped(cluster);
    }

    private static async Task<KubeApiServer> StartLabAsync()
    {
        string inventory = SharedFolder.Require("ovn-lab", "inventory");
        KubeApiServer server = await KubeApiServer.StartAsync();
        await KubeApiServer.RunAsync(inventory, ["--load", server.Kubeconfig], "");
        return server;
    }

    private static async Task<FollowedCluster> FollowAsync(KubeApiServer server)
    {
        FollowedCluster cluster = await new FollowedCluster(KubernetesAccess.Kubeconfig(server.Kubeconfig)).StartAsync();
        return await cluster.UntilReadyAsync();
    }

    private static void AssertNothingFlapped(FollowedCluster cluster)
    {
        Assert.True(cluster.Questions > 1_000, $"{cluster.Questions} questions");
        Assert.Equal(0, cluster.Wrong);
        TestContext.Current.SendDiagnosticMessage($"{cluster.Questions} looks at the book, none wrong");
    }
}
