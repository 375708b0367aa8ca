using System.Text.Json;
using SFlow.Exporter.Options;
using SFlow.Exporter.Verbs;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Verbs;

/// <summary>
/// The meaning of the product: at sampling 1 every packet that a pod sent is counted exactly once, in packets and in bytes, by
/// <c>records</c> as a user runs it. The truth was captured at the pods themselves, by other means.
/// </summary>
public sealed class TruthTests(ITestOutputHelper output)
{
    private static readonly string Captures = Path.Combine(SharedFolder.Repository, "tests", "captures");

    [Theory]
    [InlineData("ovn-s1-same")]
    [InlineData("ovn-s1-cross")]
    [InlineData("ovn-s1-svc")]
    [InlineData("ovn-s1-ext")]
    [InlineData("ovn-s1-host")]
    public void Every_packet_that_a_pod_sent_is_counted_once(string capture)
    {
        using JsonDocument truth = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Captures, capture + ".truth.json")));
        HashSet<string> names = [.. truth.RootElement.GetProperty("pods").EnumerateArray().Select(pod => pod.GetProperty("name").GetString()!)];
        HashSet<string> pods = [.. truth.RootElement.GetProperty("pods").EnumerateArray().SelectMany(Addresses)];
        SortedDictionary<string, (long Packets, long Bytes)> sent = Sent(truth, names), counted = Counted(capture, pods);

        Assert.NotEmpty(sent);
        Assert.Equal(sent, counted);
        string line = $"{capture}: {sent.Count} flows equal the truth, {sent.Values.Sum(flow => flow.Packets)} packets, {sent.Values.Sum(flow => flow.Bytes)} bytes, difference 0";
        output.WriteLine(line);
        TestContext.Current.SendDiagnosticMessage(line);
    }

    [Fact]
    public void Summarize_and_records_agree()
    {
        foreach (string pcap in System.IO.Directory.GetFiles(Captures, "*.pcap"))
        {
            string capture = Path.GetFileNameWithoutExtension(pcap);
            long packets = 0, bytes = 0, samples = 0;
            foreach (JsonElement document in Documents(capture))
            {
                if (!document.GetProperty("sflow").GetProperty("counted").GetBoolean()) continue;
                packets += document.GetProperty("network").GetProperty("packets").GetInt64();
                bytes += document.GetProperty("network").GetProperty("bytes").GetInt64();
                samples++;
            }
            using MemoryStream json = new();
            SummarizeVerb.Run(pcap, Settings(capture), true, json);
            using JsonDocument summary = JsonDocument.Parse(json.ToArray());
            JsonElement total = summary.RootElement.GetProperty("total");
            Assert.Equal((bytes, packets, samples), (total.GetProperty("bytes").GetInt64(), total.GetProperty("packets").GetInt64(), total.GetProperty("samples").GetInt64()));
            IEnumerable<JsonElement> series = summary.RootElement.GetProperty("series").EnumerateArray().Where(one => one.GetProperty("family").GetString() == "sflow_flow");
            Assert.Equal(bytes, series.Sum(one => one.GetProperty("bytes").GetInt64()));
            Assert.Equal(samples, summary.RootElement.GetProperty("samples").GetProperty("counted").GetInt64());
        }
    }

    private static SortedDictionary<string, (long, long)> Sent(JsonDocument truth, HashSet<string> pods)
    {
        SortedDictionary<string, (long, long)> flows = new(StringComparer.Ordinal);
        foreach (JsonElement flow in truth.RootElement.GetProperty("flows").EnumerateArray())
        {
            if (!pods.Contains(flow.GetProperty("pod").GetString()!) || flow.GetProperty("dir").GetString() != "tx" || flow.GetProperty("proto").GetString() == "arp") continue;
            bool ports = !flow.GetProperty("later_fragment").GetBoolean();
            string key = Key(flow.GetProperty("src"), flow.GetProperty("dst"), flow.GetProperty("proto").GetString()!,
                ports ? flow.GetProperty("sport").ToString() : "", ports ? flow.GetProperty("dport").ToString() : "");
            Add(flows, key, flow.GetProperty("packets").GetInt64(), flow.GetProperty("frame_bytes").GetInt64());
        }
        return flows;
    }

    private static SortedDictionary<string, (long, long)> Counted(string capture, HashSet<string> pods)
    {
        SortedDictionary<string, (long, long)> flows = new(StringComparer.Ordinal);
        foreach (JsonElement document in Documents(capture))
        {
            JsonElement sflow = document.GetProperty("sflow");
            if (!sflow.GetProperty("counted").GetBoolean()) continue;
            if (!document.TryGetProperty("source", out JsonElement source) || !source.TryGetProperty("ip", out JsonElement from) || !pods.Contains(from.GetString()!)) continue;
            JsonElement destination = document.GetProperty("destination"), network = document.GetProperty("network");
            string transport = network.GetProperty("transport").GetString()!;
            bool icmp = sflow.TryGetProperty("icmp", out JsonElement message);
            string left = icmp ? message.GetProperty("type").ToString() : source.TryGetProperty("port", out JsonElement port) ? port.ToString() : "";
            string right = icmp ? message.GetProperty("code").ToString() : destination.TryGetProperty("port", out port) ? port.ToString() : "";
            Add(flows, Key(from, destination.GetProperty("ip"), transport, left, right), network.GetProperty("packets").GetInt64(), network.GetProperty("bytes").GetInt64());
        }
        return flows;
    }

    private static List<JsonElement> Documents(string capture)
    {
        using MemoryStream lines = new();
        Assert.Equal(ExitCode.Success, RecordsVerb.Run(Path.Combine(Captures, capture + ".pcap"), Settings(capture), false, lines));
        lines.Position = 0;
        using StreamReader reader = new(lines);
        List<JsonElement> documents = [];
        while (reader.ReadLine() is string line)
        {
            using JsonDocument document = JsonDocument.Parse(line);
            documents.Add(document.RootElement.Clone());
        }
        return documents;
    }

    private static Settings Settings(string capture)
    {
        Settings settings = new();
        settings.Identify.Inventory = Path.Combine(Captures, capture + ".inventory.json");
        return settings;
    }

    private static IEnumerable<string> Addresses(JsonElement pod) =>
        from name in (string[])["ip4", "ip6"]
        where pod.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
        select pod.GetProperty(name).GetString();

    /// <summary>A later fragment has no ports: it is a flow of its own in both.</summary>
    private static string Key(JsonElement source, JsonElement destination, string protocol, string left, string right) =>
        $"{protocol} {source}:{left} > {destination}:{right}";

    private static void Add(SortedDictionary<string, (long Packets, long Bytes)> flows, string key, long packets, long bytes)
    {
        (long Packets, long Bytes) before = flows.GetValueOrDefault(key);
        flows[key] = (before.Packets + packets, before.Bytes + bytes);
    }
}
