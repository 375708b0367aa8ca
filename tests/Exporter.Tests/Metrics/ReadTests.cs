using SFlow.Exporter.Agents;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Metrics;

/// <summary>What is read over HTTP stays as it was: another reader, or none, sees the same.</summary>
public sealed class ReadTests
{
    [Theory]
    [InlineData("/metrics")]
    [InlineData("/api/overview")]
    [InlineData("/-/ready")]
    [InlineData("/")]
    public async Task A_read_changes_no_agent(string path)
    {
        ManualTime time = new();
        await using FakeExporter exporter = await new FakeExporter(time).StartAsync();
        Agent agent = exporter.AddAgent("172.18.0.2", node: "worker-1");
        Hear(exporter, agent, sequence: 3);
        exporter.AddAgent("172.18.0.9");
        exporter.Calibrate(agent, exporter.Now, samples: 40);
        time.Pass(seconds: 1_800);

        string[] before = ObjectGraph.Read((exporter.Agents, exporter.Calibration, exporter.Registries));
        await exporter.Client.GetStringAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(before, ObjectGraph.Read((exporter.Agents, exporter.Calibration, exporter.Registries)));

        Assert.Equal(0, agent.Lost);
        exporter.Agents.Keep(exporter.Now);
        Assert.Equal(1, agent.Lost);
        Assert.NotEqual(before, ObjectGraph.Read((exporter.Agents, exporter.Calibration, exporter.Registries)));
    }

    private static void Hear(FakeExporter exporter, Agent agent, uint sequence) => exporter.Agents.Observe(
        new DatagramIdentity(agent.Address, 0, sequence, 3, 100), new DatagramOrigin(exporter.Now, agent.Address, 6343), out _);
}
