using SFlow.EndToEnd.Tests.Services;
using SFlow.Exporter.Identify.Kubernetes;
using SFlow.Exporter.Pipeline;
using SFlow.Tests;

namespace SFlow.EndToEnd.Tests.Kubernetes;

/// <summary>Rights and tokens of the service account, on a real API server with the role that the base brings along.</summary>
public sealed class AccessTests : IAsyncDisposable
{
    private readonly DirectoryInfo account = Directory.CreateTempSubdirectory("sflow-account-");

    [Fact]
    public async Task Missing_rights_are_reported_by_verb_and_resource_and_the_role_of_the_base_is_enough()
    {
        await using KubeApiServer server = await KubeApiServer.StartAsync();
        await PrepareAsync(server);
        await WriteTokenAsync(server, 3600);
        await using FollowedCluster cluster = await new FollowedCluster(InCluster(server)).StartAsync();
        await FollowedCluster.UntilAsync(() => cluster.Watch.NotReadyBecause!.Contains("forbids to list", StringComparison.Ordinal), () => cluster.Watch.NotReadyBecause ?? "ready");
        await FollowedCluster.UntilAsync(() => cluster.Said.Contains("grant the verbs list and watch on endpointslices of API group \"discovery.k8s.io\"", StringComparison.Ordinal), () => cluster.Said);
        Assert.True(cluster.Figures("Pod")[ApiFault.Forbidden] > 0);

        await server.KubectlAsync("", "apply", "-f", Path.Combine(SharedFolder.Repository, "deploy", "base", "rbac.yaml"));
        await cluster.UntilReadyAsync();
        await FollowedCluster.UntilAsync(() => KubernetesResource.All.All(resource => cluster.Figures(resource.Kind).LastSync > 0), () => cluster.Said);
    }

    [Fact]
    public async Task Without_the_right_to_read_owners_names_are_had_all_the_same()
    {
        await using KubeApiServer server = await KubeApiServer.StartAsync();
        await PrepareAsync(server);
        await server.KubectlAsync("", "create", "clusterrole", "narrow", "--verb=list,watch", "--resource=pods,services,nodes,endpointslices.discovery.k8s.io");
        await server.KubectlAsync("", "create", "clusterrolebinding", "narrow", "--clusterrole=narrow", "--serviceaccount=sflow:sflow-exporter");
        await WriteTokenAsync(server, 3600);
        await using FollowedCluster cluster = await new FollowedCluster(InCluster(server)).StartAsync();
        await cluster.UntilReadyAsync();
        Assert.Contains("replicasets", cluster.Said, StringComparison.Ordinal);
        Assert.True(cluster.Figures("ReplicaSet")[ApiFault.Forbidden] > 0);
    }

    [Fact]
    public async Task A_token_that_ran_out_is_read_again()
    {
        await using KubeApiServer server = await KubeApiServer.StartAsync();
        await PrepareAsync(server);
        await server.KubectlAsync("", "apply", "-f", Path.Combine(SharedFolder.Repository, "deploy", "base", "rbac.yaml"));
        await WriteTokenAsync(server, 5);
        // Watches end by themselves after a few seconds here, so that each one needs a token that is good.
        await using FollowedCluster cluster = await new FollowedCluster(InCluster(server),
            new WatchTiming { FirstDelay = TimeSpan.FromSeconds(0.2), LongestDelay = TimeSpan.FromSeconds(2), Life = TimeSpan.FromSeconds(2) }).StartAsync();
        await cluster.UntilReadyAsync();
        await FollowedCluster.UntilAsync(() => cluster.Figures("Pod")[ApiFault.Unauthorized] > 0, () => cluster.Said);
        Assert.Contains("does not accept our token", cluster.Said, StringComparison.Ordinal);

        await WriteTokenAsync(server, 3600);
        await server.CreatePodAsync("sflow", "witness", "worker-1", "10.128.0.80");
        await cluster.UntilNamedAsync("10.128.0.80", "witness");
    }

    public ValueTask DisposeAsync()
    {
        account.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private IKubernetesApi InCluster(KubeApiServer server)
    {
        Environment.SetEnvironmentVariable("KUBERNETES_SERVICE_HOST", "127.0.0.1");
        Environment.SetEnvironmentVariable("KUBERNETES_SERVICE_PORT", server.Port);
        return KubernetesAccess.InCluster(account.FullName);
    }

    private async Task PrepareAsync(KubeApiServer server)
    {
        await server.KubectlAsync("", "create", "namespace", "sflow");
        await server.KubectlAsync("", "-n", "sflow", "create", "serviceaccount", "sflow-exporter");
        File.Copy(server.Authority, Path.Combine(account.FullName, "ca.crt"));
    }

    /// <summary>Puts a new token where the kubelet would, by one rename.</summary>
    private async Task WriteTokenAsync(KubeApiServer server, int seconds)
    {
        string next = Path.Combine(account.FullName, "token.next");
        await File.WriteAllTextAsync(next, (await server.ControlAsync("token", "sflow-exporter", "sflow", seconds.ToString(System.Globalization.CultureInfo.InvariantCulture))).Trim());
        File.Move(next, Path.Combine(account.FullName, "token"), overwrite: true);
    }
}
