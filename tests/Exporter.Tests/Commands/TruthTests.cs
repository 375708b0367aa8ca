using System.Globalization;
using System.Text.Json;
using SFlow.Exporter.Commands;
using SFlow.Exporter.Options;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Commands;

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
    [InlineData("ovn-s1-ports")]
    public void Every_packet_that_a_pod_sent_is_counted_once(string capture) =>
        Compare(capture, Truth(Path.Combine(Captures, capture + ".truth.json")), Documents(Path.Combine(Captures, capture + ".pcap"), Path.Combine(Captures, capture + ".inventory.json")));

    /// <summary>All captures of the lab at sampling 1: plain Geneve without OVN, IPv6, jumbo frames, short headers, and agents that begin anew in between.</summary>
    [Fact]
    public void Every_capture_of_the_lab_that_has_each_packet_is_counted_once()
    {
        string folder = SharedFolder.Require("ovn-lab", "captures");
        string inventory = Path.GetTempFileName();
        int compared = 0;
        foreach (string file in System.IO.Directory.GetFiles(folder, "*.truth.json").Order(StringComparer.Ordinal))
        {
            JsonElement truth = Truth(file);
            if (truth.GetProperty("lab").GetProperty("sampling").GetInt32() != 1) continue;
            string name = Path.GetFileName(file)[..^".truth.json".Length];
            // A capture of several runs has a truth for each; Open vSwitch sends what it sampled within a second.
            string capture = Path.GetFileNameWithoutExtension(name);
            File.WriteAllText(inventory, LabProfile.Inventory(file));
            IEnumerable<JsonElement> documents = Documents(Path.Combine(folder, capture + ".pcap"), inventory);
            if (capture != name) documents = documents.Where(document => IsWithin(document, truth));
            Compare(name, truth, documents);
            compared++;
        }
        File.Delete(inventory);
        Assert.True(compared >= 12, $"{compared} captures");
    }

    [Fact]
    public void Summarize_and_records_agree()
    {
        foreach (string pcap in System.IO.Directory.GetFiles(Captures, "*.pcap"))
        {
            string inventory = Path.ChangeExtension(pcap, ".inventory.json");
            long packets = 0, bytes = 0, samples = 0;
            foreach (JsonElement document in Documents(pcap, inventory))
            {
                if (!document.GetProperty("sflow").GetProperty("counted").GetBoolean()) continue;
                packets += document.GetProperty("network").GetProperty("packets").GetInt64();
                bytes += document.GetProperty("network").GetProperty("bytes").GetInt64();
                samples++;
            }
            JsonElement summary = Summary(pcap, inventory), total = summary.GetProperty("total");
            Assert.Equal((bytes, packets, samples), (total.GetProperty("bytes").GetInt64(), total.GetProperty("packets").GetInt64(), total.GetProperty("samples").GetInt64()));
            IEnumerable<JsonElement> series = summary.GetProperty("series").EnumerateArray().Where(one => one.GetProperty("family").GetString() == "sflow_flow");
            Assert.Equal(bytes, series.Sum(one => one.GetProperty("bytes").GetInt64()));
            Assert.Equal(samples, summary.GetProperty("samples").GetProperty("counted").GetInt64());
        }
    }

    /// <summary>By the truth alone: what left a pod by a port at which it is the backend of a Service, as the inventory says.</summary>
    [Theory]
    [InlineData("ovn-s1-svc", 5)]
    [InlineData("ovn-s1-ports", 1)]
    public void What_each_backend_of_a_Service_sent_is_shown_by_summarize(string capture, int answering)
    {
        string inventory = Path.Combine(Captures, capture + ".inventory.json");
        Dictionary<(string Protocol, string Address, int Port), (string Service, string Pod)> backends = [];
        foreach (JsonElement slice in Truth(inventory).GetProperty("items").EnumerateArray().Where(item => item.GetProperty("kind").GetString() == "EndpointSlice"))
        {
            JsonElement metadata = slice.GetProperty("metadata");
            string service = $"{metadata.GetProperty("namespace")}/{metadata.GetProperty("labels").GetProperty("kubernetes.io/service-name")}";
            foreach (JsonElement endpoint in slice.GetProperty("endpoints").EnumerateArray().Where(one => one.TryGetProperty("targetRef", out _)))
                foreach (JsonElement port in slice.GetProperty("ports").EnumerateArray())
                    backends.Add((port.GetProperty("protocol").GetString()!.ToLowerInvariant(), endpoint.GetProperty("addresses")[0].GetString()!, port.GetProperty("port").GetInt32()),
                        ($"{service}:{port.GetProperty("name")}", endpoint.GetProperty("targetRef").GetProperty("name").GetString()!));
        }
        Dictionary<(string, string), long> sent = [];
        foreach (JsonElement flow in Truth(Path.Combine(Captures, capture + ".truth.json")).GetProperty("flows").EnumerateArray())
        {
            if (flow.GetProperty("dir").GetString() != "tx" || flow.GetProperty("later_fragment").GetBoolean()) continue;
            if (!backends.TryGetValue((flow.GetProperty("proto").GetString()!, flow.GetProperty("src").GetString()!, flow.GetProperty("sport").GetInt32()), out (string, string) backend)) continue;
            sent[backend] = sent.GetValueOrDefault(backend) + flow.GetProperty("frame_bytes").GetInt64();
        }

        JsonElement shown = Summary(Path.Combine(Captures, capture + ".pcap"), inventory).GetProperty("backends");
        Assert.Equal(sent, shown.EnumerateArray().Where(one => one.GetProperty("kind").GetString() == "Pod")
            .ToDictionary(one => (one.GetProperty("server_service").GetString()!, one.GetProperty("name").GetString()!), one => one.GetProperty("bytes").GetInt64()));
        output.WriteLine(string.Join('\n', sent));
        Assert.Equal(answering, sent.Count);
    }

    /// <summary>The reasons of the counted samples, by the records and by the summary.</summary>
    [Fact]
    public void Summarize_shows_how_servers_were_determined()
    {
        foreach (string pcap in System.IO.Directory.GetFiles(Captures, "*.pcap"))
        {
            string inventory = Path.ChangeExtension(pcap, ".inventory.json");
            Dictionary<string, long> expected = Documents(pcap, inventory).Select(document => document.GetProperty("sflow")).Where(sflow => sflow.GetProperty("counted").GetBoolean())
                .CountBy(sflow => sflow.TryGetProperty("server_reason", out JsonElement reason) ? reason.GetString()! : "none").ToDictionary(pair => pair.Key, pair => (long)pair.Value);
            Assert.Equal(expected, Summary(pcap, inventory).GetProperty("server_reasons").EnumerateObject().ToDictionary(one => one.Name, one => one.Value.GetInt64()));
        }
    }

    private void Compare(string name, JsonElement root, IEnumerable<JsonElement> documents)
    {
        LabTruth truth = new(root);
        LabFlows sent = truth.Sent(), counted = truth.Counted(documents);
        Assert.NotEmpty(sent);
        Assert.True(sent.SequenceEqual(counted), $"{name}: sent here, counted there\n{sent.Difference(counted)}");
        string line = $"{name}: {counted} equal the truth, difference 0";
        output.WriteLine(line);
        TestContext.Current.SendDiagnosticMessage(line);
    }

    private static bool IsWithin(JsonElement document, JsonElement truth)
    {
        double at = (DateTimeOffset.Parse(document.GetProperty("@timestamp").GetString()!, CultureInfo.InvariantCulture) - DateTimeOffset.UnixEpoch).TotalSeconds;
        return at > truth.GetProperty("start").GetDouble() - 1 && at < truth.GetProperty("end").GetDouble() + 1.4;
    }

    private static JsonElement Truth(string file)
    {
        using JsonDocument truth = JsonDocument.Parse(File.ReadAllBytes(file));
        return truth.RootElement.Clone();
    }

    private static List<JsonElement> Documents(string pcap, string inventory)
    {
        using MemoryStream lines = new();
        Assert.Equal(ExitCode.Success, RecordsCommand.Run(pcap, Settings(inventory), SFlow.Exporter.Pipeline.Filters.FlowFilter.Everything, lines));
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

    private static JsonElement Summary(string pcap, string inventory)
    {
        using MemoryStream json = new();
        Assert.Equal(ExitCode.Success, SummarizeCommand.Run(pcap, Settings(inventory), true, json));
        using JsonDocument summary = JsonDocument.Parse(json.ToArray());
        return summary.RootElement.Clone();
    }

    private static Settings Settings(string inventory)
    {
        Settings settings = new();
        settings.Identify.Inventory = inventory;
        return settings;
    }
}
