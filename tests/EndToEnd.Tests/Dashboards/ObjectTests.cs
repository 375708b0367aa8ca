using SFlow.EndToEnd.Tests.Deploy;
using SFlow.Tests;

namespace SFlow.EndToEnd.Tests.Dashboards;

/// <summary>A real API server with the real definitions knows every field of the generated objects.</summary>
public sealed class ObjectTests
{
    [Fact]
    public async Task An_api_server_accepts_dashboards_and_rules_and_knows_every_field()
    {
        await using KubernetesServer server = await KubernetesServer.StartAsync();
        foreach (string space in (string[])["sflow", "openshift-config-managed"]) await server.MustKubectlAsync("", "create", "namespace", space);
        foreach (string folder in (string[])[Folder("grafana", "perses"), Folder("deploy", "grafana-operator")])
            await ApplyAsync(server, Directory.EnumerateFiles(folder).Count() - 1, "-n", "sflow", "-k", folder);
        await ApplyAsync(server, Directory.EnumerateFiles(Folder("deploy", "console-dashboards")).Count() - 1, "-k", Folder("deploy", "console-dashboards"));
        await ApplyAsync(server, 1, "-k", Folder("deploy", "rules"));
    }

    private static async Task ApplyAsync(KubernetesServer server, int objects, params string[] from)
    {
        (int code, string output, string error) = await server.KubectlAsync("", ["apply", "--server-side", "--validate=strict", .. from]);
        Assert.True(code == 0, error);
        Assert.DoesNotContain("Warning", error, StringComparison.Ordinal);
        Assert.Equal(objects, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    private static string Folder(params string[] parts) => Path.Combine([SharedFolder.Repository, .. parts]);
}
