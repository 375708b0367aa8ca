using System.Text.Json;
using SFlow.EndToEnd.Tests.Services;

namespace SFlow.EndToEnd.Tests.Lab;

/// <summary>
/// The main promise on real agents: at sampling 1, what the running program counted is what the pods sent, flow by flow, packet by packet and byte by
/// byte, whatever the traffic's shape and whatever happens to the agents meanwhile.
/// </summary>
public sealed class ExactTests(LabCluster cluster, ITestOutputHelper output) : IClassFixture<LabCluster>
{
    [Fact]
    public async Task Every_shape_of_traffic_is_counted_once()
    {
        await using WatchedLab lab = await WatchedLab.StartAsync(await cluster.ServerAsync(), output, "ovn");
        await lab.Lab.DrawServicesAsync();
        await lab.ExactAsync("same node", Shapes.SameNode);
        await lab.ExactAsync("cross node", Shapes.CrossNode);
        await lab.ExactAsync("IPv6", Shapes.SixthVersion);
        await lab.ExactAsync("Services", Shapes.Services);
        await lab.ExactAsync("outside", Shapes.Outside);
        Say(lab, 100);
    }

    [Fact]
    public async Task Restarts_other_agent_addresses_and_changing_pods_make_no_difference()
    {
        KubeApiServer server = await cluster.ServerAsync();
        await using WatchedLab lab = await WatchedLab.StartAsync(server, output, "ovn");
        await lab.ExactAsync("before", Shapes.Mixed);
        await lab.Lab.SetSflowAsync("br-ex");
        await Quiet();
        await lab.ExactAsync("agents by node address", Shapes.Mixed);
        await lab.Lab.SetSflowAsync();
        await Quiet();
        await lab.ExactAsync("agents by mp0 address", Shapes.Mixed);
        await lab.Lab.RestartSwitchAsync(1);
        await Quiet();
        await lab.ExactAsync("node 1 restarted", Shapes.Mixed);
        await lab.Lab.RestartSwitchAsync(2);
        await Quiet();
        await lab.ExactAsync("node 2 restarted", Shapes.Mixed);

        // The same address without a known owner, with a first and with a second owner.
        await server.DeletePodAsync("shop", "checkout-6c9f7b5d8-x2x7p");
        await Quiet();
        await lab.ExactAsync("a pod is gone, its traffic is not", Shapes.Mixed);
        Assert.Contains(lab.Records, record => record.GetProperty("sflow.source_namespace").GetString() == "shop");
        await server.CreatePodAsync("openshift-dns", "heir", "worker-2", "10.128.2.6");
        await Quiet();
        await lab.ExactAsync("another pod has its address", Shapes.Mixed);
        Assert.Contains(lab.Records, record => record.TryGetProperty("source.kubernetes.name", out JsonElement name) && name.GetString() == "heir");
        await server.DeletePodAsync("openshift-dns", "heir");
        await cluster.LoadAsync();
        Say(lab, 60);
    }

    [Theory]
    [InlineData("ovn", "-M", "8900")]
    [InlineData("vlan")]
    [InlineData("vlan", "-M", "8900")]
    public async Task Jumbo_frames_and_trunks_without_tunnel_records_are_counted_once(string mode, params string[] options)
    {
        await using WatchedLab lab = await WatchedLab.StartAsync(await cluster.ServerAsync(), output, mode, options);
        await lab.ExactAsync("same node", Shapes.SameNode);
        await lab.ExactAsync("cross node", Shapes.CrossNode);
        await lab.ExactAsync("IPv6", Shapes.SixthVersion);
        Say(lab, 60);
    }

    private static Task Quiet() => Task.Delay(TimeSpan.FromSeconds(1.5), TestContext.Current.CancellationToken);

    private void Say(WatchedLab lab, int flows)
    {
        string line = $"{lab.Compared.Flows} flows and {lab.Compared.Packets} packets compared with the truth, difference 0";
        output.WriteLine(line);
        TestContext.Current.SendDiagnosticMessage(line);
        Assert.True(lab.Compared.Flows >= flows, line);
    }
}
