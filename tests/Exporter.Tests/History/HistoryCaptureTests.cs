using SFlow.Exporter.Commands;
using SFlow.Exporter.Count;
using SFlow.Exporter.History;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Store;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.History;

/// <summary>Captures of the lab, counted once for the metrics and once for the history.</summary>
public sealed class HistoryCaptureTests(ITestOutputHelper output)
{
    private static readonly string Captures = Path.Combine(SharedFolder.Repository, "tests", "captures");

    [Fact]
    public void Each_pair_of_namespaces_and_each_Service_has_the_sums_of_its_counters()
    {
        int captures = 0, compared = 0;
        foreach (string pcap in System.IO.Directory.GetFiles(Captures, "*.pcap").Order(StringComparer.Ordinal))
        {
            compared += Compare(pcap, Path.ChangeExtension(pcap, ".inventory.json"));
            captures++;
        }
        output.WriteLine($"{captures} captures, {compared} pairs with 3 figures each");
        Assert.True(captures >= 6 && compared >= 40, $"{captures} captures, {compared} pairs");
    }

    /// <summary>All captures of the shared corpus, without an inventory too.</summary>
    [Fact]
    public void The_sums_of_the_corpus_are_those_of_the_counters()
    {
        int captures = 0, compared = 0;
        foreach (string pcap in System.IO.Directory.GetFiles(SharedFolder.Require("corpus", "pcap"), "*.pcap", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            try
            {
                compared += Compare(pcap, "");
                captures++;
            }
            catch (BadInputException)
            {
                // The corpus has files that are no captures of sFlow, on purpose.
            }
        }
        output.WriteLine($"{captures} captures, {compared} pairs with 3 figures each");
        Assert.True(captures >= 10 && compared >= 10, $"{captures} captures, {compared} pairs");
    }

    private static int Compare(string pcap, string inventory)
    {
        Settings settings = new();
        settings.Identify.Inventory = inventory;
        CapturePipeline line = new(settings);
        using HistoryFixture history = new();
        Family<Exporter.Count.Families.HistoryFamily> family = FamilySet.NewHistory(line.Registries, 8_192, 0);
        FamilyReading before = family.Read();
        line.Run(pcap, new Shown(new FamilySet(family).NewStage()));
        (List<(ulong, HistorySums)> rows, HistorySums unnamed) = HistoryMinute.Growth(before, family.Read());
        using RecordStore store = new(new StoreOptions { Folder = history.Options.Folder + "-2" }, line.Registries, new StoreStats(), history.Clock, new Microsoft.Extensions.Logging.Logger<RecordStore>(history.Logs));
        store.Open();
        new HistoryWriter(store, new HistoryNaming(line.Registries), new StoreOptions(), new HistoryStats(), new Microsoft.Extensions.Logging.Logger<HistoryWriter>(history.Logs))
            .Write([new HistoryMinute { Start = HistoryFixture.Midnight, Ended = HistoryFixture.Midnight + 60, CoveredMilliseconds = 60_000, Rows = rows, Unnamed = unnamed }]);
        using IHistorySnapshot snapshot = new HistoryReader(store).Open();
        ByNamespace read = new(snapshot.Names);
        snapshot.Scan(HistoryResolution.Hour, 0, long.MaxValue, read, CancellationToken.None);
        List<(FamilyRow Row, FlowTotals Sums)> counters = [.. line.Families.Named(FamilyNames.Flow).Read().Rows().Where(row => row.Sums.Samples > 0)];
        Assert.Equal(Sum(counters, row => (row[0], row[1])), read.Pairs);
        // Ports that were never seen listening share one service in the history.
        Assert.Equal(Sum(counters.Where(row => !row.Row[2].StartsWith('@')), row => (row[2], "")), read.Services);
        System.IO.Directory.Delete(history.Options.Folder + "-2", recursive: true);
        return read.Pairs.Count + read.Services.Count;
    }

    private static Dictionary<(string, string), (UInt128, UInt128, ulong)> Sum(IEnumerable<(FamilyRow Row, FlowTotals Sums)> rows, Func<FamilyRow, (string, string)> name) =>
        rows.GroupBy(row => name(row.Row)).ToDictionary(same => same.Key, same => same.Aggregate(default(FlowTotals), (sum, row) => sum + row.Sums) is var sum ? (sum.Bytes, sum.Packets, sum.Samples) : default);

    private sealed class Shown(CountStage count) : IFlowStage
    {
        public void Process(Span<Flow> records) => count.Process(records);

        public void Idle()
        {
        }
    }

    private sealed class ByNamespace(HistoryNames names) : IHistoryVisitor
    {
        public Dictionary<(string, string), (UInt128, UInt128, ulong)> Pairs { get; } = [];
        public Dictionary<(string, string), (UInt128, UInt128, ulong)> Services { get; } = [];

        public void Visit(in HistoryWindow window, ReadOnlySpan<HistoryRow> rows)
        {
            Assert.Equal(0UL, window.Unnamed.Samples);
            foreach (ref readonly HistoryRow row in rows)
            {
                Add(Pairs, (names.Hosts[row.Source]!.Label, names.Hosts[row.Destination]!.Label), row.Sums);
                string service = names.Services[row.Service] ?? ReservedLabels.Other;
                if (!service.StartsWith('@')) Add(Services, (service, ""), row.Sums);
            }
        }

        private static void Add(Dictionary<(string, string), (UInt128, UInt128, ulong)> sums, (string, string) key, HistorySums added)
        {
            (UInt128 bytes, UInt128 packets, ulong samples) = sums.GetValueOrDefault(key);
            sums[key] = (bytes + added.Bytes, packets + added.Packets, samples + added.Samples);
        }
    }
}
