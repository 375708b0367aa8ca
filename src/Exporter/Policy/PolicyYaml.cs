using System.Globalization;
using System.Text;
using System.Text.Json;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Policy;

/// <summary>Writes a suggestion as YAML that kubectl applies. Evidence and doubts are comments.</summary>
internal sealed class PolicyYaml
{
    private readonly StringBuilder text = new();

    public static string Write(Suggestion suggestion)
    {
        PolicyYaml yaml = new();
        yaml.Head(suggestion);
        foreach (SuggestedPolicy policy in suggestion.Policies) yaml.Policy(policy, suggestion.Seen.Namespace);
        return yaml.text.ToString();
    }

    private void Head(Suggestion suggestion)
    {
        SeenTraffic seen = suggestion.Seen;
        Comment($"NetworkPolicies suggested for the namespace {seen.Namespace}, from sampled traffic. Read each rule before you apply it.");
        if (seen.Samples == 0) Comment("No sample of this namespace is kept in this time. Nothing can be suggested.");
        else
        {
            Comment($"Evidence: {seen.Samples} samples from {Time(seen.First)} to {Time(seen.Last)}, at a mean sampling rate of {seen.MeanRate:0}.");
            if (!suggestion.Complete) Comment("Not all records of this time were read, because there are too many. The oldest are missing: ask for a shorter time.");
            Comment("Sampling can't prove that a connection does not exist.");
            if (seen.MeanRate > 1) Comment($"A connection of {Unseen(seen.MeanRate):0} packets leaves no sample in 1 of 20 cases, and a shorter one more often.");
            Comment("Rare connections, such as backups and certificates, may be missing. A policy that allows only what was seen would break them.");
        }
        if (seen.WithoutServer > 0) Comment($"{seen.WithoutServer} samples have no rule: it is unknown which side is the server.");
        if (seen.WithoutPorts > 0) Comment($"{seen.WithoutPorts} samples have no rule: they have no ports (ICMP and others), and a NetworkPolicy can't name them.");
        foreach (string remark in suggestion.Remarks) Comment(remark);
        if (suggestion.Unused is { } unused)
        {
            Comment(unused.Count == 0 ? "Each rule of the existing policies was used, or there are none." : "Rules of existing policies that no seen connection used:");
            foreach (string rule in unused) Comment($"  {rule}");
        }
    }

    private void Policy(SuggestedPolicy policy, string space)
    {
        text.Append("---\n");
        Comment(policy.Workload);
        foreach (string note in policy.Notes) Comment(note);
        Line(0, "apiVersion: networking.k8s.io/v1");
        Line(0, "kind: NetworkPolicy");
        Line(0, "metadata:");
        Line(1, $"name: {Quoted(policy.Name)}");
        Line(1, $"namespace: {Quoted(space)}");
        Line(0, "spec:");
        Line(1, "podSelector:");
        Labels(2, policy.Labels);
        Line(1, "policyTypes: [Ingress, Egress]");
        Rules("ingress", "from", "No connection to it was seen. This denies all of them.", policy.Ingress);
        Rules("egress", "to", "No connection from it was seen. This denies all of them.", policy.Egress);
    }

    private void Rules(string direction, string peers, string none, IReadOnlyList<SuggestedRule> rules)
    {
        if (rules.Count == 0)
        {
            Comment(none, 1);
            Line(1, $"{direction}: []");
            return;
        }
        Line(1, $"{direction}:");
        foreach (SuggestedRule rule in rules)
        {
            Comment(rule.Comment, 2);
            Line(2, $"- {peers}:");
            foreach (RulePeer peer in rule.Peers) Peer(peer);
            Line(3, "ports:");
            foreach (RulePort port in rule.Ports)
                Line(4, string.Create(CultureInfo.InvariantCulture, $"- {{ protocol: {port.Protocol}, port: {port.Number} }}{Seen(port.Evidence)}"));
        }
    }

    private void Peer(RulePeer peer)
    {
        if (peer.Block is { } block)
        {
            Line(4, $"- ipBlock: {{ cidr: {Quoted(block)} }}");
            return;
        }
        string dash = "- ";
        if (peer.Namespace is { } space)
        {
            Line(4, $"{dash}namespaceSelector:");
            Labels(6, new Dictionary<string, string> { [ClusterView.NameLabel] = space });
            dash = "  ";
        }
        if (peer.Labels is { } labels)
        {
            Line(4, $"{dash}podSelector:");
            Labels(6, labels);
        }
        else if (peer.Namespace is null) Line(4, $"{dash}podSelector: {{}}");
    }

    private void Labels(int depth, IReadOnlyDictionary<string, string> labels)
    {
        Line(depth, "matchLabels:");
        foreach ((string name, string value) in labels) Line(depth + 1, $"{Quoted(name)}: {Quoted(value)}");
    }

    private static string Seen(Evidence? evidence) => evidence is null ? ""
        : string.Create(CultureInfo.InvariantCulture, $"   # {evidence.Samples} samples, {Time(evidence.First)} to {Time(evidence.Last)}{(evidence.IsSure ? "" : ". Only port numbers suggest the server: check it")}");

    /// <summary>Packets of a connection that leaves no sample with a probability of 5 %, at a sampling rate above 1.</summary>
    private static double Unseen(double rate) => Math.Log(0.05) / Math.Log(1 - 1 / rate);

    private static string Time(long nanoseconds) => DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / 100).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    /// <summary>JSON's strings are YAML's, too.</summary>
    private static string Quoted(string value) => $"\"{JsonEncodedText.Encode(value)}\"";

    private void Comment(FormattableString words, int depth = 0) => Comment(words.ToString(CultureInfo.InvariantCulture), depth);

    private void Comment(string words, int depth = 0) => Line(depth, $"# {CleanText.Of(words)}");

    private void Line(int depth, string line) => text.Append(' ', depth * 2).Append(line).Append('\n');
}
