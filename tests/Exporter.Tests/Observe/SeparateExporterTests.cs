using SFlow.Captures;
using SFlow.Exporter.Agents;
using SFlow.Exporter.Calibration;
using SFlow.Exporter.Count;
using SFlow.Exporter.Identify;
using SFlow.Exporter.Observe;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Observe;

/// <summary>
/// One exporter on each node hears the agent of that node alone. The sums of all of them are those of one exporter that hears every agent. The reference
/// is that one exporter, which other tests compare with the truth of the lab.
/// </summary>
public sealed class SeparateExporterTests
{
    [Theory]
    [InlineData("ovn-s1-cross"), InlineData("ovn-s1-same"), InlineData("ovn-s1-svc"), InlineData("ovn-s1-ext"), InlineData("ovn-s1-udn")]
    public void The_sums_of_an_exporter_for_each_agent_are_those_of_one_for_all(string capture)
    {
        string[] agents = [.. Datagrams(capture).Select(datagram => datagram.Agent).Distinct()];
        Assert.True(agents.Length > 1, "the capture has several agents");
        SortedDictionary<string, ulong> together = Sums(capture, null, elsewhere: false), apart = [], naive = [];
        Assert.Contains(together.Values, bytes => bytes > 0);
        foreach (string agent in agents)
        {
            Add(apart, Sums(capture, agent, elsewhere: true));
            Add(naive, Sums(capture, agent, elsewhere: false));
        }
        Assert.Equal(together, apart);
        // Without the option, packets between nodes count at both: the option does something.
        if (capture == "ovn-s1-cross") Assert.True(naive.Values.Aggregate(0UL, (sum, bytes) => sum + bytes) > together.Values.Aggregate(0UL, (sum, bytes) => sum + bytes));
    }

    private static void Add(SortedDictionary<string, ulong> sums, SortedDictionary<string, ulong> more)
    {
        foreach ((string pair, ulong bytes) in more) sums[pair] = sums.GetValueOrDefault(pair) + bytes;
    }

    /// <summary>Bytes by namespace pair, as an exporter counts that hears this agent, or all.</summary>
    private static SortedDictionary<string, ulong> Sums(string capture, string? heard, bool elsewhere)
    {
        Settings settings = new();
        settings.Identify.Inventory = LabFile($"{capture}.inventory.json");
        Registries names = new();
        AddressBook book = AddressBookSource.From(settings.Identify).Load(names, settings.Identify, TimeProvider.System);
        AddressBookHolder holder = new(book);
        AgentRegistry agents = new(settings.Agents, new ClusterNodes(holder, names));
        FamilySet families = FamilySet.OfCapture(names, hasNodes: true, detailed: false);
        if (heard is null)
            for (int node = 0; node < names.Nodes.Count; node++) names.Nodes[node].Hear(1);
        // The captures are shorter than the minute in which a running program assumes that a node exports.
        ExportRule rule = elsewhere ? ExportRule.Live(0, elsewhere: true) : ExportRule.WholeCapture;
        WorkerPipeline line = new(settings, names, agents, new PortCalibration(agents, settings.Agents), holder, rule, new ListeningHistory(settings.Observe), families, new Workers());
        (IDatagramIntake intake, _) = line.NewWorker(null);
        foreach ((string agent, byte[] payload, long time) in Datagrams(capture))
            if (heard is null || heard == agent) intake.Take(payload, new DatagramOrigin(time, Address.From(System.Net.IPAddress.Parse(agent)), 40_000));
        intake.Idle();
        SortedDictionary<string, ulong> sums = new(StringComparer.Ordinal);
        foreach ((FamilyRow row, FlowTotals totals) in families.Named(FamilyNames.Flow).Read().Rows())
        {
            string pair = $"{row[0]} {row[1]}";
            if (totals.Samples > 0) sums[pair] = sums.GetValueOrDefault(pair) + (ulong)totals.Bytes;
        }
        return sums;
    }

    private static List<(string Agent, byte[] Payload, long Time)> Datagrams(string capture)
    {
        List<(string, byte[], long)> datagrams = [];
        using CaptureReader reader = new(File.OpenRead(LabFile($"{capture}.pcap")));
        while (reader.TryRead(out CapturedDatagram datagram))
            if (Datagram.TryRead(datagram.Payload, out Datagram read) == DecodeStatus.Ok) datagrams.Add((read.AgentOr(default).ToString(), datagram.Payload.ToArray(), datagram.TimestampNanoseconds));
        return datagrams;
    }

    private static string LabFile(string name) => Path.Combine(SharedFolder.Repository, "tests", "captures", name);
}
