using SFlow.Captures;
using SFlow.Exporter.Agents;
using SFlow.Exporter.Calibration;
using SFlow.Exporter.Count;
using SFlow.Exporter.Identify;
using SFlow.Exporter.Observe;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Tests;

namespace SFlow.Exporter.Tests;

/// <summary>The whole line, on real datagrams.</summary>
[Collection(nameof(Alone))]
public sealed class WorkerPipelineTests
{
    private static readonly string Capture = Path.Combine(SharedFolder.Repository, "tests", "captures", "ovn-s1-cross");

    [Fact]
    public void A_datagram_runs_along_the_whole_line_without_an_allocation()
    {
        byte[][] payloads = Payloads();
        Settings settings = new();
        settings.Identify.Inventory = Capture + ".inventory.json";
        Registries names = new();
        RecordPool pool = new(64);
        RecordQueue queue = new("test", 1_024);
        AddressBook book = AddressBookSource.From(settings.Identify).Load(names, settings.Identify, TimeProvider.System);
        AddressBookHolder holder = new(book);
        AgentRegistry agents = new(settings.Agents, new ClusterNodes(holder, names), wholeCapture: true);
        WorkerPipeline line = new(settings, names, agents, new PortCalibration(agents, settings.Agents), holder, ExportRule.Live(0), new ListeningHistory(settings.Observe), FamilySet.Live(names, settings.Count, 0), new Workers());
        (IDatagramIntake intake, WorkerCounters counters) = line.NewWorker(new SinkFanout(pool, [queue]));
        // The first rounds see new agents, series and batches; what comes later must live on what is there.
        for (int round = 0; round < 3; round++) Play(intake, payloads, queue);

        long taken = counters[DatagramOutcome.Ok];
        long allocated = Allocated.Least(() =>
        {
            for (int round = 0; round < 4; round++) Play(intake, payloads, queue);
        });
        Assert.Equal(0, allocated);
        Assert.Equal(5 * 4 * payloads.Length, counters[DatagramOutcome.Ok] - taken);
    }

    /// <summary>Each round is a new life of the agents: later in time, so that nothing is a duplicate.</summary>
    private long clock = 1_000_000_000_000_000_000;

    private void Play(IDatagramIntake intake, byte[][] payloads, RecordQueue queue)
    {
        clock += 3_600_000_000_000;
        foreach (byte[] payload in payloads)
        {
            clock += 1_000_000;
            intake.Take(payload, new DatagramOrigin(clock, Address.FromIPv4(0x7F000001), 5_000));
        }
        intake.Idle();
        while (queue.Reader.TryRead(out RecordBatch? batch))
        {
            queue.CountWritten(batch.Count);
            batch.Release();
        }
    }

    private static byte[][] Payloads()
    {
        using CaptureReader reader = new(File.OpenRead(Capture + ".pcap"));
        List<byte[]> payloads = [];
        while (reader.TryRead(out CapturedDatagram datagram)) payloads.Add(datagram.Payload.ToArray());
        return [.. payloads];
    }
}
