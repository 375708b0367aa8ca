using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Filters;

/// <summary>
/// A filter of random terms with its text, and a second, slow evaluation that shares no code with the program: regular expressions, .NET's networks, and
/// the rules of docs/api.md written down once more.
/// </summary>
internal sealed class RandomFilter
{
    private static readonly string[] hostKeys = ["namespace", "workload", "node", "zone", "network", "address", "port"];
    private static readonly string[] flowKeys = ["service", "locality", "protocol", "counted"];
    private static readonly string[] prefixes = ["", "from_", "to_", "peer_"];

    private readonly List<(string Prefix, string Key, string[] Values, bool Negated)> terms = [];

    /// <param name="random">Decides.</param>
    /// <param name="ofHistory">Only terms that need no records.</param>
    public RandomFilter(Random random, bool ofHistory = false)
    {
        string[] ofHosts = ofHistory ? hostKeys[..^2] : hostKeys, ofFlows = ofHistory ? flowKeys[..^2] : flowKeys;
        for (int count = random.Next(1, 4); count > 0; count--)
        {
            bool ofHost = random.Next(4) != 0;
            string key = ofHost ? ofHosts[random.Next(ofHosts.Length)] : ofFlows[random.Next(ofFlows.Length)];
            string prefix = ofHost ? prefixes[random.Next(prefixes.Length)] : "";
            string[] values = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Value(key, random))];
            if (ofHost && prefix.Length > 0 && key is "namespace" && random.Next(2) == 0) (prefix, key) = (prefix.TrimEnd('_'), "");
            terms.Add((prefix, key, values, random.Next(4) == 0));
        }
        Text = Write(random);
    }

    public string Text { get; }

    /// <summary>The one form in which the program writes it.</summary>
    public string Canonical => string.Join(' ', terms.Select(term => $"{(term.Negated ? "not " : "")}{term.Prefix}{term.Key}={string.Join(',', term.Values)}"));

    public bool Matches(in Flow flow, Registries names)
    {
        Flow record = flow;
        FlowEndpoint source = names.Endpoints[record.SourceEndpoint], destination = names.Endpoints[record.DestinationEndpoint];
        bool Of(string key, string[] values, bool isSource) => values.Any(value => Host(key, value, record, isSource ? source : destination, isSource));
        foreach ((string prefix, string key, string[] values, bool negated) in terms.Where(term => !term.Prefix.StartsWith("peer", StringComparison.Ordinal)))
        {
            bool match = flowKeys.Contains(key) ? values.Any(value => Whole(key, value, record, names, source, destination))
                : prefix.StartsWith("from", StringComparison.Ordinal) ? Of(key, values, true)
                : prefix.StartsWith("to", StringComparison.Ordinal) ? Of(key, values, false)
                : Of(key, values, true) || Of(key, values, false);
            if (match == negated) return false;
        }
        var peers = terms.Where(term => term.Prefix.StartsWith("peer", StringComparison.Ordinal)).ToList();
        var own = terms.Where(term => term.Prefix.Length == 0 && !flowKeys.Contains(term.Key) && !term.Negated).ToList();
        return peers.Count == 0 || new[] { true, false }.Any(side =>
            own.All(term => Of(term.Key, term.Values, side)) && peers.All(term => Of(term.Key, term.Values, !side) != term.Negated));
    }

    private static bool Host(string key, string value, in Flow flow, FlowEndpoint host, bool isSource)
    {
        switch (key)
        {
            case "address":
                Address address = isSource ? flow.Source : flow.Destination;
                bool isIp = (flow.Facts & (PacketFacts.IPv4 | PacketFacts.IPv6)) != PacketFacts.None;
                return isIp && IPNetwork.Parse(value.Contains('/', StringComparison.Ordinal) ? value : value + (value.Contains(':', StringComparison.Ordinal) ? "/128" : "/32")).Contains(address.ToIPAddress());
            case "port":
                return (flow.Facts & PacketFacts.Ports) != PacketFacts.None && $"{(isSource ? flow.SourcePort : flow.DestinationPort)}" == value;
            case "node":
                return Like(value, host.NodeName);
            case "zone":
                return Like(value, host.Zone);
            case "network":
                return Like(value, host.Kind is EndpointKind.NamedNetwork or EndpointKind.Private or EndpointKind.Internet ? host.Label
                    : host.Network ?? (host.Kind is EndpointKind.Pod or EndpointKind.Service or EndpointKind.Node or EndpointKind.Ovn ? "@cluster" : null));
            case "workload":
            case "" when value.Contains('/', StringComparison.Ordinal):
                string[] parts = value.Split('/');
                if (parts is [string label, "-"]) return Like(label, host.Label) && Like("-", host.OwnerName);
                return Like(parts[^1], host.OwnerName) && (parts.Length < 2 || Like(parts[^2], host.OwnerKind)) && (parts.Length < 3 || Like(parts[0], host.Label));
            default:
                return Like(value, host.Label);
        }
    }

    private static bool Whole(string key, string value, in Flow flow, Registries names, FlowEndpoint source, FlowEndpoint destination)
    {
        string? service = flow.ServerService == 0 ? null : names.Services[flow.ServerService];
        return key switch
        {
            "service" => Like(value, service) || Like(value + ":*", service),
            "protocol" => (flow.Facts & (PacketFacts.IPv4 | PacketFacts.IPv6)) != PacketFacts.None && flow.Protocol == value switch { "tcp" => 6, "UDP" => 17, "58" => 58, _ => 47 },
            "counted" => flow.Counted == (value == "true"),
            _ => Like(value, Distance(flow, source, destination)),
        };
    }

    internal static string Distance(in Flow flow, FlowEndpoint source, FlowEndpoint destination)
    {
        if (source.Kind == EndpointKind.Internet || destination.Kind == EndpointKind.Internet) return "internet";
        if (destination.Kind == EndpointKind.NamedNetwork) return destination.Label;
        if (source.Kind == EndpointKind.NamedNetwork) return source.Label;
        if (flow.SourceRole == PortRole.NodePort || flow.DestinationRole == PortRole.NodePort) return "unknown";
        if (source.NodeName is not null && source.NodeName == destination.NodeName) return "same_node";
        if (source.Region is not null && destination.Region is not null && source.Region != destination.Region) return "cross_region";
        if (source.Zone is null || destination.Zone is null) return "unknown";
        if (source.Zone != destination.Zone) return "cross_zone";
        return source.NodeName is not null && destination.NodeName is not null ? "same_zone" : "unknown";
    }

    private static bool Like(string pattern, string? name) =>
        pattern == "-" ? name is null : name is not null && Regex.IsMatch(name, $"^{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal)}$", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));

    private static string Value(string key, Random random)
    {
        string Pick(params string[] values) => values[random.Next(values.Length)];
        return key switch
        {
            "namespace" => Pick("team-1", "team-*", "TEAM-3", "@internet", "*", "office", "absent", "-"),
            "workload" => Pick("web-4", "Deployment/web-*", "service/web-5", "team-2/Deployment/web-3", "-", "@internet/-", "team-*/*/web-1"),
            "node" => Pick("node-1", "node-*", "-", "NODE-2"),
            "zone" => Pick("a", "b", "-", "*"),
            "network" => Pick("@cluster", "@internet", "office", "-", "udn"),
            "address" => Pick("10.128.0.0/18", "10.128.7.9", "fd01:0:0:2::/64", "0.0.0.0/0", "::/0"),
            "port" => Pick("443", "0", "50000"),
            "service" => Pick("team-1/web-5:http", "team-1/web-5", "@tcp/443", "team-1/*", "-", "*:http"),
            "locality" => Pick("same_node", "cross_zone", "unknown", "internet", "office", "*region"),
            "protocol" => Pick("tcp", "UDP", "58", "gre"),
            _ => Pick("true", "false"),
        };
    }

    /// <summary>The same filter as people write it: other blanks, quotes, case, <c>and</c>, <c>!=</c>.</summary>
    private string Write(Random random)
    {
        StringBuilder text = new();
        foreach ((string prefix, string key, string[] values, bool negated) in terms)
        {
            if (text.Length > 0) text.Append(random.Next(2) == 0 ? " and " : "  ");
            bool unequal = negated && random.Next(2) == 0;
            if (negated && !unequal) text.Append(random.Next(2) == 0 ? "not " : "NOT\t");
            string word = prefix + key, space = random.Next(4) == 0 ? " " : "";
            text.Append(random.Next(4) == 0 ? word.ToUpperInvariant() : word).Append(space).Append(unequal ? "!=" : "=").Append(space);
            text.AppendJoin("," + space, values.Select(value => random.Next(4) == 0 ? $"\"{value}\"" : value));
        }
        return text.ToString();
    }
}
