using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using SFlow.Exporter.Commands;
using SFlow.Exporter.Elasticsearch;
using SFlow.Exporter.Elasticsearch.RollUp;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Pipeline.Fields;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Elasticsearch;

/// <summary>Combined records compared with the records that they combine.</summary>
public sealed class RollupTests
{
    private static readonly string[] Captures = ["cross", "ext", "host", "ports", "same", "svc", "udn", "udn-twins"];

    public static TheoryData<string, int, int> Cases => [.. from capture in Captures from seconds in (int[])[1, 30] from limit in (int[])[1, 65_536] select (capture, seconds, limit)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Sums_of_a_lab_capture_are_those_of_its_records(string capture, int seconds, int limit)
    {
        (Flow[] flows, Registries names) = Lab(capture);
        RollupStats stats = new();
        List<JsonObject> documents = Combine(flows, names, seconds, limit, stats);
        EcsDocument writer = new(names);
        JsonObject[] single = [.. flows.Select(flow => Flows.Write(writer, flow))];

        string[] sums = ["network.bytes", "network.packets", "source.bytes", "sflow.acknowledged_bytes"];
        string[] groups = ["sflow.counted", "sflow.conversation", "sflow.source_namespace", "destination.kubernetes.name", "sflow.locality", "observer.name", "network.direction", "sflow.tunnel.vni"];
        foreach (string sum in sums)
            foreach (string group in groups) Assert.Equal(Sums(single, group, sum), Sums(documents, group, sum));
        Assert.Equal(flows.Length, documents.Sum(document => (long)At(document, "sflow.rollup.samples")!));
        Assert.Equal(documents.Count, Enum.GetValues<RollupClose>().Sum(stats.Documents));
        Assert.Equal(documents.Count, documents.Select(document => (string)At(document, "event.id")!).Distinct().Count());
        Assert.True(documents.Count < flows.Length);
        Assert.Equal(limit == 1, stats.Documents(RollupClose.Limit) > 0);
        Assert.Equal(0, stats.Conversations);
        Assert.All(documents, document => Assert.InRange((long)At(document, "event.duration")!, 0, seconds * UnixTime.Second));
    }

    [Fact]
    public void Another_exporter_gives_the_documents_the_same_identity()
    {
        (Flow[] flows, Registries names) = Lab("svc");
        (Flow[] again, Registries others) = Lab("svc");
        // Ids of registries are those of one process alone.
        HashSet<string> first = Ids(flows, names), second = Ids(again.Reverse(), others);
        Assert.NotEmpty(first);
        Assert.Superset(first, second);
        Assert.Subset(first, second);

        HashSet<string> Ids(IEnumerable<Flow> of, Registries known) => [.. Combine(of, known, 5, 65_536, new RollupStats()).Select(document => (string)At(document, "event.id")!)];
    }

    [Fact]
    public void A_document_has_what_its_records_have_in_common_and_their_sums()
    {
        Flows flows = new();
        Flow one = flows.Udp();
        Flow[] records = [.. Enumerable.Range(0, 40).Select(i => one with
        {
            TimestampNanoseconds = Flows.Time + i * 1_000_000, FrameLength = (uint)(104 + i), SampleSequence = (uint)i, TcpFlags = (byte)(1 << i % 2), AcknowledgedBytes = 10,
            IdLow = one.IdLow + (ulong)i,
        })];
        JsonObject document = Assert.Single(Combine(records, flows.Registries, 30, 100, new RollupStats()));
        Assert.Equal(records.Sum(record => (long)record.Bytes), (long)At(document, "network.bytes")!);
        Assert.Equal((40, 400, 16_000), ((int)At(document, "sflow.rollup.samples")!, (int)At(document, "sflow.acknowledged_bytes")!, (int)At(document, "network.packets")!));
        Assert.Equal(("2026-11-18T11:06:40.123456789Z", "2026-11-18T11:06:40.123456789Z", "2026-11-18T11:06:40.162456789Z", 39_000_000),
            ((string)At(document, "@timestamp")!, (string)At(document, "event.start")!, (string)At(document, "event.end")!, (long)At(document, "event.duration")!));
        Assert.Equal("""["FIN","SYN"]""", At(document, "sflow.tcp.flags")!.ToJsonString());
        Assert.Equal("web-5d4f-x2x", (string)At(document, "client.kubernetes.name")!);
        // Variance of a sum of samples at one in N: N (N - 1) times the sum of the squared lengths.
        double variance = records.Sum(record => 400d * 399 * Math.Pow(record.FrameLength - record.Stripped, 2));
        Assert.Equal(variance, (double)At(document, "sflow.rollup.bytes_variance")!, variance * 1e-9);
        Assert.Equal(Math.Exp(1.96 * Math.Sqrt(variance) / records.Sum(record => (double)record.Bytes)) - 1, (double)At(document, "sflow.rollup.bytes_error")!, 1e-9);
        foreach (string ofSample in (string[])["event.sequence", "sflow.sample.sequence", "sflow.datagram.sequence", "sflow.header.frame_length", "sflow.ip.ttl", "sflow.agent.uptime_milliseconds"])
            Assert.Null(At(document, ofSample));
    }

    [Fact]
    public async Task The_sink_ships_combined_records_and_settles_each_of_them()
    {
        await using FakeSearch fake = await FakeSearch.StartAsync();
        Shipping shipping = new(fake.Url, change: options => (options.RollupWindow, options.RollupConversations) = (TimeSpan.FromSeconds(30), 150));
        await shipping.StartAsync();
        Flow[] records = [.. shipping.Flows.Many(200).SelectMany(record => Enumerable.Repeat(record, 5)).Select((record, i) => record with { IdHigh = (ulong)i })];
        shipping.Offer(records);
        await shipping.DisposeAsync();

        Assert.Equal(0, shipping.Queue.Waiting);
        Assert.Equal(records.Length, shipping.Queue.Written + shipping.Queue.RolledUp);
        Assert.Equal(shipping.Queue.Written, fake.Documents.Count);
        Assert.InRange(fake.Documents.Count, 200, records.Length - 1);
        Assert.Equal(records.Sum(record => (long)record.Bytes), fake.Documents.Values.Sum(document => (long)At(document.AsObject(), "network.bytes")!));
        Assert.Equal(shipping.Queue.Written, Enum.GetValues<RollupClose>().Sum(shipping.Stats.Rollup!.Documents));
        Assert.True(shipping.Stats.Rollup.Documents(RollupClose.Limit) > 0);
        Assert.True(shipping.Stats.Rollup.Documents(RollupClose.Stop) > 0);
        Assert.Empty(fake.Violations);
    }

    [Fact]
    public async Task A_window_is_sent_when_it_is_over_although_no_record_follows()
    {
        FakeTimeProvider time = new(DateTimeOffset.UnixEpoch.AddTicks(Flows.Time / 100));
        await using FakeSearch fake = await FakeSearch.StartAsync();
        await using Shipping shipping = new(fake.Url, time, options => options.RollupWindow = TimeSpan.FromSeconds(10));
        await shipping.StartAsync();
        shipping.Offer(Enumerable.Repeat(shipping.Flows.Udp(), 25));
        await Shipping.UntilAsync(() => shipping.Stats.Rollup!.Conversations == 1);
        Assert.Equal(25, shipping.Queue.Waiting);
        await Shipping.UntilAsync(() => { time.Advance(TimeSpan.FromSeconds(1)); return shipping.Queue.Waiting == 0; });
        Assert.Equal((1, 24), (shipping.Queue.Written, shipping.Queue.RolledUp));
        Assert.Equal(1, shipping.Stats.Rollup!.Documents(RollupClose.Window));
    }

    [Fact]
    public async Task Records_of_open_windows_are_lost_by_name_at_the_deadline()
    {
        await using Shipping shipping = new("http://127.0.0.1:9", deadline: TimeSpan.FromMilliseconds(300), change: options => options.RollupWindow = TimeSpan.FromSeconds(30));
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(300).Concat(shipping.Flows.Many(300)));
        await shipping.StopAsync();
        Assert.Equal(0, shipping.Queue.Waiting);
        Assert.Equal(600, shipping.Queue.Lost(LossReason.Shutdown) + shipping.Queue.RolledUp);
    }

    private static (Flow[] Flows, Registries Names) Lab(string capture)
    {
        string path = Path.Combine(SharedFolder.Repository, "tests", "captures", $"ovn-s1-{capture}");
        Settings settings = new();
        settings.Identify.Inventory = $"{path}.inventory.json";
        CapturePipeline line = new(settings);
        Collected collected = new();
        line.Run($"{path}.pcap", collected);
        Assert.NotEmpty(collected.Flows);
        return ([.. collected.Flows], line.Registries);
    }

    private static List<JsonObject> Combine(IEnumerable<Flow> records, Registries names, int seconds, int limit, RollupStats stats)
    {
        ElasticsearchOptions options = new() { RollupWindow = TimeSpan.FromSeconds(seconds), RollupConversations = limit };
        // The exporter has run for long, so that no window is divided by its start.
        Rollup rollup = new(options, names, stats, new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddDays(1)));
        EcsDocument writer = new(names);
        JsonBuffer json = new();
        List<JsonObject> documents = [];
        long latest = 0;
        foreach (Flow record in records)
        {
            rollup.Add(record);
            rollup.Close(latest = Math.Max(latest, record.TimestampNanoseconds));
            Write();
        }
        rollup.CloseAll(RollupClose.Stop);
        Write();
        Assert.Equal(0, rollup.Records);
        return documents;

        void Write()
        {
            for (; rollup.Next is { } group; rollup.Done())
            {
                json.Clear();
                writer.Write(json, group);
                documents.Add(JsonNode.Parse(json.Written)!.AsObject());
            }
        }
    }

    private static SortedDictionary<string, long> Sums(IEnumerable<JsonObject> documents, string group, string sum)
    {
        SortedDictionary<string, long> sums = new(StringComparer.Ordinal);
        foreach (JsonObject document in documents)
        {
            string key = At(document, group)?.ToString() ?? "";
            sums[key] = sums.GetValueOrDefault(key) + ((long?)At(document, sum) ?? 0);
        }
        return sums;
    }

    private static JsonNode? At(JsonObject document, string name) => name.Split('.').Aggregate((JsonNode?)document, (node, step) => (node as JsonObject)?[step]);

    /// <summary>Keeps the records of a capture.</summary>
    private sealed class Collected : IFlowStage
    {
        public List<Flow> Flows { get; } = [];

        public void Process(Span<Flow> records) => Flows.AddRange(records);

        public void Idle() { }
    }
}
