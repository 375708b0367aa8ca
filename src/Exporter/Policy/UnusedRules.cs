using System.Globalization;
using System.Net;
using System.Text.Json;

namespace SFlow.Exporter.Policy;

/// <summary>Finds the rules of existing policies that no seen connection needs.</summary>
internal sealed class UnusedRules(string space, ClusterView cluster, IReadOnlyDictionary<PodConnection, Evidence> connections)
{
    public async Task<IReadOnlyList<string>> FindAsync(IReadOnlyList<JsonElement> policies)
    {
        List<string> unused = [];
        foreach (JsonElement policy in policies)
        {
            HashSet<string> selected = [.. (await cluster.PodsAsync(space)).Where(pod => Selects(policy.Member("spec", "podSelector"), pod.Labels)).Select(pod => pod.Workload)];
            foreach ((string direction, string peers, bool inbound) in ((string, string, bool)[])[("ingress", "from", true), ("egress", "to", false)])
            {
                int number = 0;
                foreach (JsonElement rule in policy.List("spec", direction))
                {
                    number++;
                    if (!await IsUsedAsync(rule, peers, inbound, selected))
                        unused.Add(string.Create(CultureInfo.InvariantCulture, $"{policy.Text("metadata", "name")}: {direction} rule {number}"));
                }
            }
        }
        return unused;
    }

    private async Task<bool> IsUsedAsync(JsonElement rule, string peers, bool inbound, HashSet<string> selected)
    {
        JsonElement[] allowed = [.. rule.List(peers)], ports = [.. rule.List("ports")];
        foreach (PodConnection connection in connections.Keys)
        {
            if (connection.Inbound != inbound || !selected.Contains(connection.Workload)) continue;
            if ((ports.Length == 0 || await HasPortAsync(ports, connection)) && (allowed.Length == 0 || await HasPeerAsync(allowed, connection.Peer))) return true;
        }
        return false;
    }

    private async Task<bool> HasPeerAsync(JsonElement[] allowed, PolicyPeer peer)
    {
        foreach (JsonElement one in allowed)
        {
            if (one.Member("ipBlock").ValueKind == JsonValueKind.Object)
            {
                if (!peer.IsPod && IsIn(one.Text("ipBlock", "cidr"), peer.Address) && !one.List("ipBlock", "except").Any(hole => hole.ValueKind == JsonValueKind.String && IsIn(hole.GetString()!, peer.Address))) return true;
                continue;
            }
            if (!peer.IsPod) continue;
            JsonElement spaces = one.Member("namespaceSelector");
            if (!(spaces.ValueKind == JsonValueKind.Object ? Selects(spaces, await cluster.LabelsAsync(peer.Namespace)) : peer.Namespace == space)) continue;
            JsonElement pods = one.Member("podSelector");
            if (pods.ValueKind != JsonValueKind.Object || (await cluster.PodsAsync(peer.Namespace)).Any(pod => pod.Workload == peer.Workload && Selects(pods, pod.Labels))) return true;
        }
        return false;
    }

    private async Task<bool> HasPortAsync(JsonElement[] ports, PodConnection connection)
    {
        foreach (JsonElement port in ports)
        {
            if ((port.Text("protocol") is { Length: > 0 } protocol ? protocol : "TCP") != connection.Protocol) continue;
            JsonElement number = port.Member("port");
            if (number.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null) return true;
            int first = port.Number("port"), last = Math.Max(first, port.Number("endPort"));
            if (number.ValueKind == JsonValueKind.Number && connection.Port >= first && connection.Port <= last) return true;
            if (number.ValueKind == JsonValueKind.String && await IsNamedAsync(number.GetString()!, connection)) return true;
        }
        return false;
    }

    private async Task<bool> IsNamedAsync(string name, PodConnection connection)
    {
        (string inside, string server) = connection.Inbound ? (space, connection.Workload) : (connection.Peer.Namespace, connection.Peer.Workload);
        return inside.Length > 0 && (await cluster.PodsAsync(inside)).Any(pod => pod.Workload == server && pod.Ports.Any(port => port.Name == name && port.Number == connection.Port && port.Protocol == connection.Protocol));
    }

    /// <summary>Whether a label selector of Kubernetes selects these labels. An empty one selects all.</summary>
    private static bool Selects(JsonElement selector, IReadOnlyDictionary<string, string> labels) =>
        selector.Pairs("matchLabels").All(pair => labels.TryGetValue(pair.Key, out string? value) && value == pair.Value)
        && selector.List("matchExpressions").All(expression =>
        {
            bool has = labels.TryGetValue(expression.Text("key"), out string? value);
            bool listed = has && expression.List("values").Any(one => one.ValueKind == JsonValueKind.String && one.GetString() == value);
            return expression.Text("operator") switch { "In" => listed, "NotIn" => !listed, "Exists" => has, "DoesNotExist" => !has, _ => false };
        });

    private static bool IsIn(string block, string address) => IPNetwork.TryParse(block, out IPNetwork network) && IPAddress.TryParse(address, out IPAddress? parsed) && network.Contains(parsed);
}
