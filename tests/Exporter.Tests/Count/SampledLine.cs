using System.Net;
using SFlow.Exporter.Agents;
using SFlow.Exporter.Calibration;
using SFlow.Exporter.Count;
using SFlow.Exporter.Identify;
using SFlow.Exporter.Observe;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Count;

/// <summary>What a run said of each namespace pair; and what it would have said had it taken each sample for a draw of its own.</summary>
internal sealed record SampledRun(IReadOnlyDictionary<(string, string), FlowTotals> Pairs, IReadOnlyDictionary<(string, string), double> NaiveVariances);

/// <summary>
/// Traffic that is known to the last packet, sampled as agents do (each draw by itself, one in so many), packed into datagrams and sent
/// through the whole line, as often as one likes.
/// </summary>
internal sealed class SampledLine
{
    /// <summary>Samples in a datagram: what fits into 1,400 bytes.</summary>
    private const int Packed = 7;

    private readonly Settings settings = new();
    private readonly Registries names = new();
    private readonly AddressBook book;
    private readonly IReadOnlyList<IGrouping<IPAddress, Draw>> draws;

    public SampledLine(string inventory, IEnumerable<Draw> traffic)
    {
        settings.Identify.Inventory = inventory;
        settings.Acknowledge.Connections = 1_024;
        book = AddressBookSource.From(settings.Identify).Load(names, settings.Identify, TimeProvider.System);
        for (int node = 0; node < names.Nodes.Count; node++) names.Nodes[node].Hear(1);
        draws = [.. traffic.GroupBy(draw => draw.Agent)];
        Truth = Run([.. draws.SelectMany(agent => agent.SelectMany(draw => draw.Sampled(1, 0)).Select(sample => (agent.Key, sample)))]).Pairs;
    }

    /// <summary>What one copy of the traffic is: all of it, at sampling 1.</summary>
    public IReadOnlyDictionary<(string Source, string Destination), FlowTotals> Truth { get; }

    /// <summary>Samples so many copies of the traffic, each agent at its rate.</summary>
    public SampledRun Sample(Random random, int copies, Func<IPAddress, uint> rateOf)
    {
        List<(IPAddress, byte[])> sampled = [];
        foreach (IGrouping<IPAddress, Draw> agent in draws)
        {
            uint rate = rateOf(agent.Key);
            Draw[] own = [.. agent];
            // How many draws are passed over before the next one is taken: the same as one decision a draw, without making them all.
            double passedOver = Math.Log(1 - (1.0 / rate));
            for (double at = Gap(); at < (double)copies * own.Length; at += 1 + Gap())
            {
                (int copy, int draw) = Math.DivRem((int)at, own.Length);
                foreach (byte[] sample in own[draw].Sampled(rate, copy)) sampled.Add((agent.Key, sample));
            }

            double Gap() => Math.Floor(Math.Log(1 - random.NextDouble()) / passedOver);
        }
        return Run(sampled);
    }

    private SampledRun Run(List<(IPAddress Agent, byte[] Body)> samples)
    {
        FamilySet families = FamilySet.OfCapture(names, hasNodes: true, detailed: false);
        AddressBookHolder holder = new(book);
        AgentRegistry agents = new(settings.Agents, new ClusterNodes(holder, names), wholeCapture: true);
        WorkerPipeline line = new(
            settings, names, agents, new PortCalibration(agents, settings.Agents), holder, ExportRule.WholeCapture, new ListeningHistory(settings.Observe), families, new Workers());
        NaiveVariance naive = new(names);
        using MemoryStream payload = new();
        foreach (IGrouping<IPAddress, (IPAddress, byte[] Body)> agent in samples.GroupBy(sample => sample.Agent))
        {
            (IDatagramIntake intake, WorkerCounters counters) = line.NewWorker(naive);
            uint sequence = 0;
            foreach ((IPAddress, byte[] Body)[] datagram in agent.Chunk(Packed))
            {
                payload.SetLength(0);
                payload.Write(new DatagramBuilder { Agent = agent.Key, Sequence = ++sequence, Uptime = sequence, SampleCount = (uint)datagram.Length }.Build());
                foreach ((_, byte[] body) in datagram)
                {
                    payload.Write(DatagramBuilder.Words(1, (uint)body.Length));
                    payload.Write(body);
                }
                intake.Take(payload.GetBuffer().AsSpan(0, (int)payload.Length), new DatagramOrigin(1_000_000_000 + sequence, Address.From(agent.Key), 40_000));
            }
            intake.Idle();
            Assert.Equal(sequence, counters[DatagramOutcome.Ok]);
        }
        Dictionary<(string, string), FlowTotals> pairs = [];
        foreach ((FamilyRow series, FlowTotals sums) in families.Named(FamilyNames.Flow).Read().Rows())
        {
            (string, string) pair = (series[0], series[1]);
            if (sums.Samples > 0) pairs[pair] = pairs.GetValueOrDefault(pair) + sums;
        }
        return new SampledRun(pairs, naive.Pairs);
    }

    /// <summary>The variance without bursts, from the finished records.</summary>
    private sealed class NaiveVariance(Registries names) : IFlowStage
    {
        public Dictionary<(string, string), double> Pairs { get; } = [];

        public void Process(Span<Flow> records)
        {
            foreach (ref readonly Flow record in records)
            {
                if (!record.Counted) continue;
                (string, string) pair = (names.Endpoints[record.SourceEndpoint].Label, names.Endpoints[record.DestinationEndpoint].Label);
                double bytes = record.Bytes;
                Pairs[pair] = Pairs.GetValueOrDefault(pair) + (bytes * bytes * (1 - (1.0 / record.SamplingRate)));
            }
        }

        public void Idle()
        {
        }
    }
}
