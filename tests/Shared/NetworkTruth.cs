using System.Globalization;
using System.Text.Json;

namespace SFlow.Tests;

/// <summary>What pods sent in user-defined networks by the lab's truth, flow by flow with both pods by name, and what the exporter counted of it.</summary>
/// <param name="root">The truth that <c>lab/record-networks</c> wrote.</param>
public sealed class NetworkTruth(JsonElement root)
{
    /// <summary>Names of the networks by the VNI of their tunnels.</summary>
    public IReadOnlyDictionary<int, string> Tunnels { get; } = root.GetProperty("networks").EnumerateArray().ToDictionary(one => one.GetProperty("tunnel_key").GetInt32(), one => one.GetProperty("network").GetString()!);

    /// <summary>The pods' addresses in their networks, and the namespace and name of who has each.</summary>
    public IReadOnlyDictionary<(string Network, string Address), string> Owners { get; } =
        root.GetProperty("pods").EnumerateArray().ToDictionary(pod => (pod.GetProperty("network").GetString()!, pod.GetProperty("address").GetString()!), pod => $"{pod.GetProperty("namespace")}/{pod.GetProperty("pod")}");

    public IEnumerable<JsonElement> Pods => root.GetProperty("pods").EnumerateArray();

    public LabFlows Sent()
    {
        LabFlows flows = [];
        foreach (JsonElement flow in root.GetProperty("flows").EnumerateArray())
        {
            string source = $"{flow.GetProperty("source_namespace")}/{flow.GetProperty("source_pod")} {flow.GetProperty("source")}";
            string destination = $"{flow.GetProperty("destination_namespace")}/{flow.GetProperty("destination_pod")} {flow.GetProperty("destination")}";
            flows.Add(flow.GetProperty("transport").GetString()!, source, flow.GetProperty("source_port").ToString(), destination, flow.GetProperty("destination_port").ToString(),
                flow.GetProperty("packets").GetInt64(), flow.GetProperty("frame_bytes").GetInt64());
        }
        return flows;
    }

    /// <summary>Packets and bytes by the namespaces of both ends.</summary>
    public SortedDictionary<string, (long Packets, long Bytes)> SentBetween()
    {
        SortedDictionary<string, (long Packets, long Bytes)> pairs = new(StringComparer.Ordinal);
        foreach (JsonElement flow in root.GetProperty("flows").EnumerateArray())
        {
            string pair = $"{flow.GetProperty("source_namespace")} > {flow.GetProperty("destination_namespace")}";
            (long packets, long bytes) = pairs.GetValueOrDefault(pair);
            pairs[pair] = (packets + flow.GetProperty("packets").GetInt64(), bytes + flow.GetProperty("frame_bytes").GetInt64());
        }
        return pairs;
    }

    /// <summary>The counted records whose source is an address of these networks: flat ones (of the search) or ECS documents.</summary>
    public LabFlows Counted(IEnumerable<JsonElement> records)
    {
        HashSet<string> addresses = [.. Owners.Keys.Select(owner => owner.Address)];
        LabFlows flows = [];
        foreach (JsonElement record in records)
        {
            if (LabTruth.Text(record, "sflow.counted") != "True" || !addresses.Contains(LabTruth.Text(record, "source.ip"))) continue;
            string transport = LabTruth.Text(record, "network.transport");
            if (transport is not ("tcp" or "udp")) continue;
            flows.Add(transport, End(record, "source"), LabTruth.Text(record, "source.port"), End(record, "destination"), LabTruth.Text(record, "destination.port"),
                long.Parse(LabTruth.Text(record, "network.packets"), CultureInfo.InvariantCulture), long.Parse(LabTruth.Text(record, "network.bytes"), CultureInfo.InvariantCulture));
        }
        return flows;
    }

    private static string End(JsonElement record, string end) =>
        $"{LabTruth.Text(record, end + ".kubernetes.namespace")}/{LabTruth.Text(record, end + ".kubernetes.name")} {LabTruth.Text(record, end + ".ip")}";
}
