using System.Text.Json;

namespace SFlow.Tests;

/// <summary>Packets and frame bytes by flow; two of them are compared whole.</summary>
public sealed class LabFlows : SortedDictionary<string, (long Packets, long Bytes)>
{
    public LabFlows()
        : base(StringComparer.Ordinal)
    {
    }

    /// <summary>A later fragment has no ports: it is a flow of its own. ICMP has type and code in place of ports.</summary>
    public void Add(string protocol, string source, string left, string destination, string right, long packets, long bytes)
    {
        string key = $"{protocol} {source}:{left} > {destination}:{right}";
        (long Packets, long Bytes) before = this.GetValueOrDefault(key);
        this[key] = (before.Packets + packets, before.Bytes + bytes);
    }

    /// <summary>In words, what is in one and not in the other.</summary>
    public string Difference(LabFlows other) => string.Join('\n', Keys.Union(other.Keys, StringComparer.Ordinal)
        .Where(key => this.GetValueOrDefault(key) != other.GetValueOrDefault(key)).Select(key => $"{key}: {this.GetValueOrDefault(key)} here, {other.GetValueOrDefault(key)} there"));

    public override string ToString() => $"{Count} flows, {Values.Sum(flow => flow.Packets)} packets, {Values.Sum(flow => flow.Bytes)} bytes";
}

/// <summary>
/// What the OVN lab says that its pods sent, counted by packet sockets on their own interfaces. ARP and IPv6 neighbour discovery are left out:
/// OVN answers a part of them itself.
/// </summary>
/// <param name="root">The lab's truth.</param>
/// <param name="hosts">Names of the hosts (such as n1-mp0) that are taken for pods.</param>
public sealed class LabTruth(JsonElement root, params string[] hosts)
{
    private readonly JsonElement[] senders = [.. root.GetProperty("pods").EnumerateArray(), .. root.GetProperty("hosts").EnumerateArray().Where(host => hosts.Contains(Name(host)))];

    public JsonElement Root => root;

    /// <summary>Addresses of the senders.</summary>
    public HashSet<string> Addresses => [.. senders.SelectMany(AddressesOf)];

    /// <summary>What they sent, as the truth has it.</summary>
    public IEnumerable<JsonElement> SentFlows() => SentRows().Select(row => row.Flow);

    public LabFlows Sent()
    {
        LabFlows flows = [];
        foreach ((JsonElement flow, string source, string protocol) in SentRows())
        {
            bool ports = !flow.GetProperty("later_fragment").GetBoolean() && protocol is "tcp" or "udp" or "sctp" or "icmp" or "icmp6";
            flows.Add(protocol, source, ports ? flow.GetProperty("sport").ToString() : "", flow.GetProperty("dst").GetString()!, ports ? flow.GetProperty("dport").ToString() : "",
                flow.GetProperty("packets").GetInt64(), flow.GetProperty("frame_bytes").GetInt64());
        }
        return flows;
    }

    /// <summary>Packets and bytes by the namespaces of both ends, whatever their protocol, later fragments among them.</summary>
    /// <param name="namespaces">Of the addresses that are in one; flows from or to others are left out.</param>
    public SortedDictionary<string, (double Packets, double Bytes)> SentBetween(IReadOnlyDictionary<string, string> namespaces)
    {
        SortedDictionary<string, (double Packets, double Bytes)> pairs = new(StringComparer.Ordinal);
        foreach ((JsonElement flow, string source, _) in SentRows())
        {
            if (!namespaces.TryGetValue(source, out string? from) || !namespaces.TryGetValue(flow.GetProperty("dst").GetString()!, out string? to)) continue;
            (double packets, double bytes) = pairs.GetValueOrDefault($"{from} > {to}");
            pairs[$"{from} > {to}"] = (packets + flow.GetProperty("packets").GetInt64(), bytes + flow.GetProperty("frame_bytes").GetInt64());
        }
        return pairs;
    }

    /// <summary>What the exporter counted of these senders, by its records: flat ones (of the search) or ECS documents.</summary>
    public LabFlows Counted(IEnumerable<JsonElement> records)
    {
        HashSet<string> addresses = Addresses;
        LabFlows flows = [];
        foreach (JsonElement record in records)
        {
            string source = Text(record, "source.ip");
            if (Text(record, "sflow.counted") != "True" || !addresses.Contains(source)) continue;
            string protocol = Text(record, "network.transport") switch { "ipv6-icmp" => "icmp6", "gre" => "47", "esp" => "50", "ipv4" => "4", { } other => other };
            string type = Text(record, "sflow.icmp.type");
            if (IsNeighbourDiscovery(protocol, type.Length > 0 ? int.Parse(type, System.Globalization.CultureInfo.InvariantCulture) : -1)) continue;
            flows.Add(protocol, source, type.Length > 0 ? type : Text(record, "source.port"), Text(record, "destination.ip"),
                type.Length > 0 ? Text(record, "sflow.icmp.code") : Text(record, "destination.port"),
                long.Parse(Text(record, "network.packets"), System.Globalization.CultureInfo.InvariantCulture), long.Parse(Text(record, "network.bytes"), System.Globalization.CultureInfo.InvariantCulture));
        }
        return flows;
    }

    /// <summary>A field by its dotted name, whether the record is flat or nested; empty when it has none.</summary>
    public static string Text(JsonElement record, string name)
    {
        if (record.TryGetProperty(name, out JsonElement flat)) return flat.ToString();
        foreach (string part in name.Split('.'))
            if (record.ValueKind != JsonValueKind.Object || !record.TryGetProperty(part, out record)) return "";
        return record.ToString();
    }

    private IEnumerable<(JsonElement Flow, string Source, string Protocol)> SentRows()
    {
        HashSet<string> names = [.. senders.Select(Name)], addresses = Addresses;
        foreach (JsonElement flow in root.GetProperty("flows").EnumerateArray())
        {
            string source = flow.GetProperty("src").GetString()!, protocol = flow.GetProperty("proto").GetString()!;
            if (flow.GetProperty("dir").GetString() != "tx" || !names.Contains(flow.GetProperty("pod").GetString()!) || !addresses.Contains(source)) continue;
            if (protocol != "arp" && !IsNeighbourDiscovery(protocol, flow.GetProperty("sport").GetInt32())) yield return (flow, source, protocol);
        }
    }

    private static bool IsNeighbourDiscovery(string protocol, int type) => protocol == "icmp6" && type is >= 133 and <= 137;

    private static string Name(JsonElement end) => end.GetProperty("name").GetString()!;

    private static IEnumerable<string> AddressesOf(JsonElement end) =>
        from name in (string[])["ip4", "ip6"]
        where end.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
        select end.GetProperty(name).GetString();
}
