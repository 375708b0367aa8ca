using System.Net;
using System.Text.Json.Nodes;

namespace SFlow.EndToEnd.Tests.Kubernetes;

/// <summary>A pod as a policy sees it.</summary>
internal sealed record PolicyPod(string Namespace, string Name, string Address, IReadOnlyDictionary<string, string> Labels);

/// <summary>
/// Decides by the rules of the Kubernetes documentation whether a connection is allowed. It shares no code with the program, and reads the policies as the
/// API server returned them. Named ports are not supported.
/// </summary>
internal sealed class NetworkPolicies(IReadOnlyList<JsonNode> policies, IReadOnlyList<PolicyPod> pods)
{
    /// <summary>Both sides must allow a new connection; a side without a pod allows all.</summary>
    public bool Allow(string client, string server, string protocol, int port) =>
        AllowsSide("Ingress", "ingress", "from", server, client, protocol, port) && AllowsSide("Egress", "egress", "to", client, server, protocol, port);

    private bool AllowsSide(string type, string rules, string peers, string own, string other, string protocol, int port)
    {
        if (PodAt(own) is not { } pod) return true;
        JsonNode[] isolating = [.. policies.Where(policy => policy["metadata"]!["namespace"]!.GetValue<string>() == pod.Namespace
            && policy["spec"]!["policyTypes"]!.AsArray().Any(one => one!.GetValue<string>() == type) && Selects(policy["spec"]!["podSelector"], pod.Labels))];
        return isolating.Length == 0 || isolating.Any(policy => (policy["spec"]![rules]?.AsArray() ?? []).Any(rule =>
            (rule!["ports"] is not JsonArray { Count: > 0 } ports || ports.Any(one => HasPort(one!, protocol, port)))
            && (rule[peers] is not JsonArray { Count: > 0 } listed || listed.Any(peer => HasPeer(peer!, pod.Namespace, other)))));
    }

    private bool HasPeer(JsonNode peer, string space, string address)
    {
        if (peer["ipBlock"] is { } block)
            return IPNetwork.Parse(block["cidr"]!.GetValue<string>()).Contains(IPAddress.Parse(address))
                && !(block["except"]?.AsArray() ?? []).Any(hole => IPNetwork.Parse(hole!.GetValue<string>()).Contains(IPAddress.Parse(address)));
        if (PodAt(address) is not { } pod) return false;
        bool inside = peer["namespaceSelector"] is { } spaces ? Selects(spaces, new Dictionary<string, string> { ["kubernetes.io/metadata.name"] = pod.Namespace }) : pod.Namespace == space;
        return inside && (peer["podSelector"] is not { } selector || Selects(selector, pod.Labels));
    }

    private static bool HasPort(JsonNode allowed, string protocol, int port)
    {
        int first = allowed["port"]!.GetValue<int>(), last = allowed["endPort"]?.GetValue<int>() ?? first;
        return (allowed["protocol"]?.GetValue<string>() ?? "TCP") == protocol && port >= first && port <= last;
    }

    private static bool Selects(JsonNode? selector, IReadOnlyDictionary<string, string> labels)
    {
        Assert.Null(selector?["matchExpressions"]);
        return (selector?["matchLabels"]?.AsObject() ?? []).All(pair => labels.TryGetValue(pair.Key, out string? value) && value == pair.Value!.GetValue<string>());
    }

    private PolicyPod? PodAt(string address) => pods.FirstOrDefault(pod => pod.Address == address);
}
