using System.Net;
using System.Net.Sockets;

namespace SFlow.Exporter.Policy;

/// <summary>
/// Makes one policy for each workload of a namespace, which allows what was seen and name resolution, and nothing else. Peers that are pods are selected by the
/// labels that all pods of their workload have.
/// </summary>
internal sealed class PolicyBuilder(string space, ClusterView cluster, IReadOnlyDictionary<PodConnection, Evidence> connections, IReadOnlyList<(PolicyPeer Server, string Protocol, int Port)> dns)
{
    /// <summary>Blocks of one rule. Where more addresses were seen, the rule allows all.</summary>
    private const int MostBlocks = 64;

    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly List<string> remarks = [];

    /// <summary>Workloads without a policy, with the reason.</summary>
    public IReadOnlyList<string> Remarks => remarks;

    public async Task<IReadOnlyList<SuggestedPolicy>> BuildAsync()
    {
        List<SuggestedPolicy> policies = [];
        foreach (string workload in connections.Keys.Select(connection => connection.Workload).Distinct().Order(StringComparer.Ordinal))
        {
            List<string> notes = [];
            if (await SelectorAsync(space, workload, notes) is not { } labels)
            {
                remarks.Add($"{workload}: no pod of it runs now, or its pods have no label that all of them keep. There is no policy for it.");
                continue;
            }
            policies.Add(new SuggestedPolicy(NameOf(workload), workload, labels, notes, await RulesAsync(workload, true, notes), await RulesAsync(workload, false, notes)));
        }
        return policies;
    }

    private async Task<List<SuggestedRule>> RulesAsync(string workload, bool inbound, List<string> notes)
    {
        List<SuggestedRule> rules = [];
        KeyValuePair<PodConnection, Evidence>[] own = [.. connections.Where(pair => pair.Key.Workload == workload && pair.Key.Inbound == inbound)];
        foreach (IGrouping<PolicyPeer, KeyValuePair<PodConnection, Evidence>> group in own.Where(pair => pair.Key.Peer.IsPod).GroupBy(pair => pair.Key.Peer).OrderBy(group => group.Key.ToString(), StringComparer.Ordinal))
            rules.Add(new SuggestedRule(group.Key.ToString(), [await PeerAsync(group.Key, notes)],
                [.. group.Select(pair => new RulePort(pair.Key.Protocol, pair.Key.Port, pair.Value)).OrderBy(port => port.Protocol, StringComparer.Ordinal).ThenBy(port => port.Number)]));
        foreach (IGrouping<(string Protocol, int Port), KeyValuePair<PodConnection, Evidence>> group in own.Where(pair => !pair.Key.Peer.IsPod).GroupBy(pair => (pair.Key.Protocol, pair.Key.Port)).OrderBy(group => group.Key))
            rules.Add(OfAddresses([.. group]));
        // Only where egress is limited at all: a name that can't be resolved breaks every other rule.
        if (!inbound)
            foreach (IGrouping<PolicyPeer, (PolicyPeer Server, string Protocol, int Port)> server in dns.GroupBy(one => one.Server))
                if (server.Where(one => !own.Any(pair => pair.Key.Peer == one.Server && pair.Key.Protocol == one.Protocol && pair.Key.Port == one.Port)).ToArray() is { Length: > 0 } missing)
                    rules.Add(new SuggestedRule($"{server.Key}: names. It was not seen at these ports, and is allowed because connections need it", [await PeerAsync(server.Key, notes)], [.. missing.Select(one => new RulePort(one.Protocol, one.Port, null))]));
        return rules;
    }

    private static SuggestedRule OfAddresses(KeyValuePair<PodConnection, Evidence>[] group)
    {
        Evidence all = new();
        foreach ((_, Evidence one) in group) all.Add(one);
        (string Address, string What)[] peers = [.. group.Select(pair => (pair.Key.Peer.Address, pair.Key.Peer.What)).Distinct().OrderBy(peer => peer.Address, StringComparer.Ordinal)];
        string kinds = string.Join(", ", peers.GroupBy(peer => peer.What).Select(kind => $"{kind.Count()} x {kind.Key}"));
        string[] addresses = [.. peers.Select(peer => peer.Address).Distinct()];
        RulePeer[] blocks = addresses.Length <= MostBlocks
            ? [.. addresses.Select(address => new RulePeer(null, null, BlockOf(address)))]
            : [.. addresses.Select(address => IsIPv4(address) ? "0.0.0.0/0" : "::/0").Distinct().Select(block => new RulePeer(null, null, block))];
        string comment = addresses.Length <= MostBlocks ? kinds : $"{kinds}: more than {MostBlocks} addresses, so that all are allowed. Narrow it";
        return new SuggestedRule(comment, blocks, [new RulePort(group[0].Key.Protocol, group[0].Key.Port, all)]);
    }

    private async Task<RulePeer> PeerAsync(PolicyPeer peer, List<string> notes)
    {
        string? other = peer.Namespace == space ? null : peer.Namespace;
        if (await SelectorAsync(peer.Namespace, peer.Workload, notes) is { } labels) return new RulePeer(other, labels, null);
        notes.Add($"{peer}: its labels are unknown (no pod runs now, or its pods can't be read), so that all pods of the namespace are allowed.");
        return new RulePeer(other, null, null);
    }

    /// <summary>Labels of a workload's pods; null if none can select them.</summary>
    private async Task<SortedDictionary<string, string>?> SelectorAsync(string inside, string workload, List<string> notes)
    {
        IReadOnlyList<LabelledPod> pods = await cluster.PodsAsync(inside);
        SortedDictionary<string, string> labels = PodLabels.Common([.. pods.Where(pod => pod.Workload == workload)]);
        if (labels.Count == 0) return null;
        string[] others = [.. pods.Where(pod => pod.Workload != workload && PodLabels.Has(pod, labels)).Select(pod => pod.Workload).Distinct().Order(StringComparer.Ordinal)];
        string note = $"The labels of {workload} of {inside} also select {string.Join(", ", others)}.";
        if (others.Length > 0 && !notes.Contains(note)) notes.Add(note);
        return labels;
    }

    /// <summary>A name that Kubernetes takes, once in the namespace.</summary>
    private string NameOf(string workload)
    {
        string[] parts = workload.Split('/', 2);
        string name = $"sflow-{parts[1]}".ToLowerInvariant();
        if (name.Length > 200) name = name[..200].TrimEnd('-', '.');
        if (!names.Add(name)) names.Add(name = $"{name}-{parts[0].ToLowerInvariant()}");
        return name;
    }

    private static bool IsIPv4(string address) => IPAddress.TryParse(address, out IPAddress? parsed) && parsed.AddressFamily == AddressFamily.InterNetwork;

    private static string BlockOf(string address) => $"{address}/{(IsIPv4(address) ? 32 : 128)}";
}
