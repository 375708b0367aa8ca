using System.Text.Json;
using SFlow.Exporter.Commands;
using SFlow.Exporter.Options;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Commands;

/// <summary>
/// What <c>sflow_locality</c> says of the lab's captures equals the truth: frames counted at the pods' own interfaces, by the zones that the
/// inventory's nodes have. Expected values come from these two files alone.
/// </summary>
public sealed class LocalityTruthTests
{
    private static readonly string Captures = Path.Combine(SharedFolder.Repository, "tests", "captures");

    [Theory]
    [InlineData("ovn-s1-same", "same_node", "unknown")]
    [InlineData("ovn-s1-cross", "cross_zone")]
    [InlineData("ovn-s1-svc", "cross_zone", "same_node", "unknown")]
    [InlineData("ovn-s1-ext", "@lab")]
    [InlineData("ovn-s1-host", "cross_zone", "same_node")]
    [InlineData("ovn-s1-ports", "cross_zone", "same_node", "unknown")]
    public void Every_packet_of_the_pods_has_its_locality(string capture, params string[] localities)
    {
        LabPlaces places = new(Read(Path.Combine(Captures, capture + ".inventory.json")));
        SortedDictionary<string, (long Packets, long Bytes)> expected = new(StringComparer.Ordinal);
        LabTruth truth = new(Read(Path.Combine(Captures, capture + ".truth.json")));
        foreach (JsonElement flow in truth.SentFlows())
        {
            string source = flow.GetProperty("src").GetString()!, destination = flow.GetProperty("dst").GetString()!;
            string row = $"{places.NamespaceOf(source)} {places.Locality(source, destination, flow.GetProperty("dport").GetInt32())}";
            (long packets, long bytes) = expected.GetValueOrDefault(row);
            expected[row] = (packets + flow.GetProperty("packets").GetInt64(), bytes + flow.GetProperty("frame_bytes").GetInt64());
        }
        JsonElement[] series = Series(capture);
        SortedDictionary<string, (long Packets, long Bytes)> counted = new(StringComparer.Ordinal);
        foreach (JsonElement one in series.Where(one => one.GetProperty("family").GetString() == "sflow_locality"))
        {
            JsonElement labels = one.GetProperty("labels");
            // The truth has the pods' frames alone.
            if (!labels.GetProperty("source_namespace").GetString()!.StartsWith('@'))
                counted[$"{labels.GetProperty("source_namespace")} {labels.GetProperty("locality")}"] = (one.GetProperty("packets").GetInt64(), one.GetProperty("bytes").GetInt64());
        }

        Assert.Equal(expected, counted);
        Assert.Equal(localities, counted.Keys.Select(row => row[(row.IndexOf(' ') + 1)..]).Distinct().Order(StringComparer.Ordinal));
        foreach (string figure in (string[])["bytes", "packets"]) Assert.Equal(Sum("sflow_flow", figure), Sum("sflow_locality", figure));

        long Sum(string family, string figure) => series.Where(one => one.GetProperty("family").GetString() == family).Sum(one => one.GetProperty(figure).GetInt64());
    }

    private static JsonElement[] Series(string capture)
    {
        Settings settings = new();
        settings.Identify.Inventory = Path.Combine(Captures, capture + ".inventory.json");
        settings.Identify.Networks = "lab=192.168.100.200/32";
        using MemoryStream json = new();
        Assert.Equal(ExitCode.Success, SummarizeCommand.Run(Path.Combine(Captures, capture + ".pcap"), settings, true, json));
        using JsonDocument summary = JsonDocument.Parse(json.ToArray());
        return [.. summary.RootElement.GetProperty("series").Clone().EnumerateArray()];
    }

    private static JsonElement Read(string file)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
        return document.RootElement.Clone();
    }

    /// <summary>Where each address of the inventory is.</summary>
    private sealed class LabPlaces
    {
        private readonly Dictionary<string, string> nodes = [], zones = [], namespaces = [];
        private readonly HashSet<int> nodePorts = [];

        public LabPlaces(JsonElement inventory)
        {
            foreach (JsonElement item in inventory.GetProperty("items").EnumerateArray())
            {
                JsonElement metadata = item.GetProperty("metadata");
                if (item.GetProperty("kind").GetString() == "Node") AddNode(metadata, item.GetProperty("status"));
                else if (item.GetProperty("kind").GetString() == "Pod" && !item.GetProperty("spec").TryGetProperty("hostNetwork", out _)) AddPod(metadata, item);
                else if (item.GetProperty("kind").GetString() == "Service")
                    foreach (JsonElement port in item.GetProperty("spec").GetProperty("ports").EnumerateArray())
                        if (port.TryGetProperty("nodePort", out JsonElement number)) nodePorts.Add(number.GetInt32());
            }
        }

        public string NamespaceOf(string address) => namespaces[address];

        public string Locality(string source, string destination, int port)
        {
            if (destination == "192.168.100.200") return "@lab";
            bool pod = namespaces.ContainsKey(destination);
            if (!nodes.TryGetValue(destination, out string? node) || !pod && nodePorts.Contains(port)) return "unknown";
            if (nodes[source] == node) return "same_node";
            return zones[nodes[source]] == zones[node] ? "same_zone" : "cross_zone";
        }

        private void AddPod(JsonElement metadata, JsonElement pod)
        {
            foreach (JsonElement entry in pod.GetProperty("status").GetProperty("podIPs").EnumerateArray())
            {
                string address = entry.GetProperty("ip").GetString()!;
                nodes[address] = pod.GetProperty("spec").GetProperty("nodeName").GetString()!;
                namespaces[address] = metadata.GetProperty("namespace").GetString()!;
            }
        }

        /// <summary>The node's addresses, those of its gateway, and mp0, the second address of its subnet 10.128.N.0/23.</summary>
        private void AddNode(JsonElement metadata, JsonElement status)
        {
            string name = metadata.GetProperty("name").GetString()!;
            zones[name] = metadata.GetProperty("labels").GetProperty("topology.kubernetes.io/zone").GetString()!;
            foreach (JsonElement address in status.GetProperty("addresses").EnumerateArray()) nodes[address.GetProperty("address").GetString()!] = name;
            JsonElement annotations = metadata.GetProperty("annotations");
            string gateway = annotations.GetProperty("k8s.ovn.org/l3-gateway-config").GetString()!, subnets = annotations.GetProperty("k8s.ovn.org/node-subnets").GetString()!;
            nodes[Parse(gateway).GetProperty("default").GetProperty("ip-addresses")[0].GetString()!.Split('/')[0]] = name;
            nodes[Parse(annotations.GetProperty("k8s.ovn.org/node-gateway-router-lrp-ifaddr").GetString()!).GetProperty("ipv4").GetString()!.Split('/')[0]] = name;
            nodes[Parse(subnets).GetProperty("default")[0].GetString()!.Replace(".0/23", ".2", StringComparison.Ordinal)] = name;
        }

        private static JsonElement Parse(string json)
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return document.RootElement.Clone();
        }
    }
}
