using System.Net;
using SFlow.Exporter.Commands;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Tests.Identify;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Commands;

/// <summary>Whether a node's agent exports is judged over the whole capture, however late the agent is heard in it.</summary>
public sealed class CapturePipelineTests : IDisposable
{
    /// <summary>More datagrams than are looked through before the first sample is judged.</summary>
    private const int Many = 17_000;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("sflow-offline-");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_agent_heard_at_the_very_end_exports_and_one_never_heard_does_not(bool heard)
    {
        Observation expected = heard ? Observation.Destination : Observation.Fallback;
        string capture = Path.Combine(folder.FullName, "late.pcap");
        IEnumerable<byte[]> first = Enumerable.Range(1, Many).Select(sequence => Datagram("10.128.0.2", (uint)sequence));
        File.WriteAllBytes(capture, CaptureBuilder.Pcap(heard ? first.Append(Datagram("10.128.2.2", 1)) : first));

        CapturePipeline line = CapturePipeline.Over(capture, Settings());
        Assert.Equal(Many, line.Workers.Sum(worker => worker[expected]));
        // The late agent's own sample of the packet is the one that counts.
        Assert.Equal(heard ? 1 : 0, line.Workers.Sum(worker => worker[Observation.Source]));
        Assert.Equal(Many + (heard ? 1 : 0), line.Workers.Sum(worker => worker.Received));
    }

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>A packet from a pod of worker-2 to a pod of worker-1, as the agent at that address samples it.</summary>
    private static byte[] Datagram(string agent, uint sequence) =>
        new DatagramBuilder { Agent = IPAddress.Parse(agent), Sequence = sequence, Uptime = sequence * 10 }
            .Add(new FlowSampleBuilder { Sequence = sequence }.AddHeader(PacketBuilder.TcpFrame("10.128.2.6", "10.128.0.5"))).Build();

    private Settings Settings()
    {
        string inventory = Path.Combine(folder.FullName, "inventory.json");
        File.WriteAllText(inventory, Cluster.Json);
        Settings settings = new();
        settings.Identify.Inventory = inventory;
        return settings;
    }
}
