using SFlow.EndToEnd.Tests.Services;
using SFlow.Tests;

namespace SFlow.EndToEnd.Tests.Lab;

/// <summary>A real API server that holds the lab's objects and Services of further shapes; all tests of a class share it.</summary>
public sealed class LabCluster : IAsyncDisposable
{
    private KubeApiServer? server;

    /// <summary>Starts it for the first test; skips the test, with the reason, where the lab can't be.</summary>
    internal async Task<KubeApiServer> ServerAsync()
    {
        OvnLab.Require();
        if (server is not null) return server;
        server = await KubeApiServer.StartAsync();
        await LoadAsync();
        await server.KubectlAsync("", "apply", "-f", Path.Combine(SharedFolder.Repository, "tests", "EndToEnd.Tests", "Lab", "services.yaml"));
        return server;
    }

    /// <summary>Puts the lab's objects there, or back.</summary>
    internal Task LoadAsync() => KubeApiServer.RunAsync(SharedFolder.Require("ovn-lab", "inventory"), ["--load", server!.Kubeconfig], "");

    public async ValueTask DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync();
    }
}
