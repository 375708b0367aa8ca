using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using SFlow.Exporter;
using SFlow.Exporter.Agents;
using SFlow.Exporter.Calibration;
using SFlow.Exporter.Count;
using SFlow.Exporter.Identify;
using SFlow.Exporter.Observe;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Tests;

namespace SFlow.Bench.Kubernetes;

/// <summary>
/// A receive worker's whole line at a set rate, on a thread of its own: what a datagram costs, and how far behind the line ever is. Datagrams come in
/// batches of 64, as recvmmsg gives them.
/// </summary>
internal sealed class ReceivePath
{
    /// <summary>What a socket buffer of 4 MB holds of such datagrams, with the kernel's own share: further behind, the kernel would drop.</summary>
    public const int BufferHolds = 1_700;

    private const int Batch = 64, Samples = 6, DatagramsASecond = 20_000, Agents = 8;
    private const int SequenceAt = 16, UptimeAt = 20;
    private readonly IDatagramIntake intake;
    private readonly WorkerCounters counters;
    private readonly byte[][] datagrams;
    private uint turn;

    public ReceivePath(AddressBookHolder holder, Registries names, string[] addresses)
    {
        Settings settings = new();
        AgentRegistry agents = new(settings.Agents, new ClusterNodes(holder, names), wholeCapture: true);
        WorkerPipeline line = new(settings, names, agents, new PortCalibration(agents, settings.Agents), holder, ExportRule.Live(0), new ListeningHistory(settings.Observe),
            FamilySet.Live(names, settings.Count, 0), new Workers());
        (intake, counters) = line.NewWorker(null);
        Random random = new(4);
        string Any() => addresses[random.Next(addresses.Length)];
        datagrams = [.. Enumerable.Range(0, 4_096).Select(_ => Build(Any))];
    }

    /// <param name="time">For so long.</param>
    /// <returns>Nanoseconds of CPU a datagram, and by how many datagrams the line was behind at most.</returns>
    public (double Nanoseconds, long Behind) Run(TimeSpan time)
    {
        long before = counters[DatagramOutcome.Ok], processor = ThreadNanoseconds(), start = Stopwatch.GetTimestamp(), taken = 0, behind = 0;
        DatagramOrigin origin = new(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1_000_000, Address.FromIPv4(0x7F00_0001), 6343);
        while (Stopwatch.GetElapsedTime(start) < time)
        {
            long due = (long)(Stopwatch.GetElapsedTime(start).TotalSeconds * DatagramsASecond) - taken;
            if (due < Batch)
            {
                Thread.Sleep(1);
                continue;
            }
            behind = Math.Max(behind, due);
            for (int at = 0; at < Batch; at++, taken++) intake.Take(Next(), origin);
            intake.Flush();
        }
        if (counters[DatagramOutcome.Ok] - before != taken) throw new InvalidOperationException("not every datagram was taken");
        return ((double)(ThreadNanoseconds() - processor) / taken, behind);
    }

    /// <summary>Each agent's sequence and uptime go on, as they do on the wire.</summary>
    private byte[] Next()
    {
        byte[] datagram = datagrams[turn % datagrams.Length];
        BinaryPrimitives.WriteUInt32BigEndian(datagram.AsSpan(8), 0x0A80_0002 + turn % Agents * 512);
        BinaryPrimitives.WriteUInt32BigEndian(datagram.AsSpan(SequenceAt), turn / Agents + 1);
        BinaryPrimitives.WriteUInt32BigEndian(datagram.AsSpan(UptimeAt), turn / Agents + 1_000);
        turn++;
        return datagram;
    }

    private static byte[] Build(Func<string> address)
    {
        DatagramBuilder datagram = new();
        for (int sample = 0; sample < Samples; sample++)
            datagram.Add(new FlowSampleBuilder().AddHeader([.. PacketBuilder.TcpFrame(address(), address()), .. new byte[74]], frameLength: 1_400));
        return datagram.Build();
    }

    private static long ThreadNanoseconds() =>
        long.Parse(File.ReadAllText("/proc/thread-self/schedstat").Split(' ')[0], CultureInfo.InvariantCulture);
}
