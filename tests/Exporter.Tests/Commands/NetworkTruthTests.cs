using System.Text.Json;
using SFlow.Exporter.Commands;
using SFlow.Exporter.Options;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Commands;

/// <summary>
/// Several user-defined networks with the same addresses and ports at the same time, recorded at sampling 1: every packet is counted once, under
/// the names of the pods that sent and got it. The truth was captured at the pods' interfaces.
/// </summary>
public sealed class NetworkTruthTests(ITestOutputHelper output)
{
    private static readonly string Capture = Path.Combine(SharedFolder.Repository, "tests", "captures", "ovn-s1-udn.pcap");
    private static readonly string TwinCapture = Path.Combine(SharedFolder.Repository, "tests", "captures", "ovn-s1-udn-twins.pcap");
    private static readonly NetworkTruth Truth = ReadTruth(Capture), Twins = ReadTruth(TwinCapture);

    [Fact]
    public void Every_packet_of_pods_with_the_same_address_is_counted_once_under_its_own_pod()
    {
        LabFlows sent = Truth.Sent(), counted = Truth.Counted(Records(Capture));
        Assert.Equal(30, sent.Count);
        Assert.True(sent.SequenceEqual(counted), $"sent here, counted there\n{sent.Difference(counted)}");
        output.WriteLine($"{counted} equal the truth, difference 0");
    }

    /// <summary>Two networks with the same addresses on the same node: the port that a packet came in by identifies its pod.</summary>
    [Fact]
    public void Every_packet_of_twins_on_one_node_is_counted_once_under_its_own_pod()
    {
        LabFlows sent = Twins.Sent(), counted = Twins.Counted(Records(TwinCapture));
        Assert.Equal(40, sent.Count);
        Assert.True(sent.SequenceEqual(counted), $"sent here, counted there\n{sent.Difference(counted)}");
    }

    /// <summary>The same by the labels of the metrics, and nothing besides.</summary>
    [Fact]
    public void Namespaces_with_the_same_addresses_have_their_own_sums()
    {
        using MemoryStream json = new();
        Assert.Equal(ExitCode.Success, SummarizeCommand.Run(Capture, Settings(Capture), true, json));
        SortedDictionary<string, (long Packets, long Bytes)> counted = new(StringComparer.Ordinal);
        foreach (JsonElement one in Parse(json.ToArray()).GetProperty("series").EnumerateArray().Where(one => one.GetProperty("family").GetString() == "sflow_flow"))
        {
            string pair = $"{one.GetProperty("labels").GetProperty("source_namespace")} > {one.GetProperty("labels").GetProperty("destination_namespace")}";
            if (pair == "@link > @link") continue; // ARP
            (long packets, long bytes) = counted.GetValueOrDefault(pair);
            counted[pair] = (packets + one.GetProperty("packets").GetInt64(), bytes + one.GetProperty("bytes").GetInt64());
        }
        Assert.Equal(Truth.SentBetween(), counted);
    }

    /// <summary>Whichever node saw it, and whether it counts or not.</summary>
    [Fact]
    public void Both_samples_of_a_packet_between_nodes_name_the_same_pods()
    {
        int tunnelled = 0;
        foreach (JsonElement record in Records(Capture))
        {
            string vni = LabTruth.Text(record, "sflow.tunnel.vni");
            if (vni.Length == 0) continue;
            string network = Truth.Tunnels[int.Parse(vni, System.Globalization.CultureInfo.InvariantCulture)];
            foreach (string end in (string[])["source", "destination"])
                Assert.Equal(Truth.Owners[(network, LabTruth.Text(record, end + ".ip"))], $"{LabTruth.Text(record, end + ".kubernetes.namespace")}/{LabTruth.Text(record, end + ".kubernetes.name")}");
            Assert.Equal("destination", LabTruth.Text(record, "sflow.observation"));
            tunnelled++;
        }
        Assert.Equal(BetweenNodes(), tunnelled);
    }

    /// <summary>The capture itself: what its README says of VNIs and addresses, so that the other tests prove what they claim.</summary>
    [Fact]
    public void The_capture_has_the_same_addresses_in_several_networks()
    {
        ILookup<string, string> networks = Truth.Owners.Keys.ToLookup(owner => owner.Address, owner => owner.Network);
        Assert.Equal(4, networks.Count(address => address.Count() == 2));
        Assert.Equal([16711684, 16711685, 16711686], Truth.Tunnels.Keys.Order());
        // No node has an address twice: agent and source address name the sender.
        Assert.Equal(Truth.Pods.Count(), Truth.Pods.Select(pod => $"{pod.GetProperty("node")} {pod.GetProperty("address")}").Distinct().Count());
        string[] vnis = [.. Records(Capture).Select(record => LabTruth.Text(record, "sflow.tunnel.vni")).Where(vni => vni.Length > 0).Distinct().Order(StringComparer.Ordinal)];
        Assert.Equal(["16711684", "16711685", "16711686"], vnis);
    }

    /// <summary>Packets that went from node to node, by the truth.</summary>
    private static long BetweenNodes() => Parse(File.ReadAllBytes(Path.ChangeExtension(Capture, ".truth.json"))).GetProperty("flows").EnumerateArray()
        .Where(flow => flow.GetProperty("source_node").GetString() != flow.GetProperty("destination_node").GetString()).Sum(flow => flow.GetProperty("packets").GetInt64());

    private static List<JsonElement> Records(string capture)
    {
        using MemoryStream lines = new();
        Assert.Equal(ExitCode.Success, RecordsCommand.Run(capture, Settings(capture), SFlow.Exporter.Pipeline.Filters.FlowFilter.Everything, lines));
        lines.Position = 0;
        using StreamReader reader = new(lines);
        List<JsonElement> records = [];
        while (reader.ReadLine() is string line) records.Add(Parse(System.Text.Encoding.UTF8.GetBytes(line)));
        return records;
    }

    private static NetworkTruth ReadTruth(string capture) => new(Parse(File.ReadAllBytes(Path.ChangeExtension(capture, ".truth.json"))));

    private static JsonElement Parse(byte[] json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    private static Settings Settings(string capture)
    {
        Settings settings = new();
        settings.Identify.Inventory = Path.ChangeExtension(capture, ".inventory.json");
        return settings;
    }
}
