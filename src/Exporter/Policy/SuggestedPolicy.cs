namespace SFlow.Exporter.Policy;

/// <summary>Who may be the other side: pods by labels, or a block of addresses.</summary>
/// <param name="Namespace">Namespace of the pods; null for the policy's own, or for a block.</param>
/// <param name="Labels">Labels of the pods; null for all pods of the namespace, or for a block.</param>
/// <param name="Block">CIDR; null for pods.</param>
internal sealed record RulePeer(string? Namespace, IReadOnlyDictionary<string, string>? Labels, string? Block);

/// <summary>A port that a rule allows.</summary>
/// <param name="Protocol">TCP, UDP or SCTP.</param>
/// <param name="Number">Port of the pod that accepts.</param>
/// <param name="Evidence">What was seen; null for a port that is allowed without.</param>
internal sealed record RulePort(string Protocol, int Number, Evidence? Evidence);

/// <summary>One rule of a policy.</summary>
/// <param name="Comment">Whom it allows, for people.</param>
/// <param name="Peers">At least one.</param>
/// <param name="Ports">At least one.</param>
internal sealed record SuggestedRule(string Comment, IReadOnlyList<RulePeer> Peers, IReadOnlyList<RulePort> Ports);

/// <summary>A NetworkPolicy for one workload.</summary>
/// <param name="Name">Name of the object.</param>
/// <param name="Workload">Kind/name.</param>
/// <param name="Labels">Labels that select its pods.</param>
/// <param name="Notes">What a person should check.</param>
/// <param name="Ingress">Who may connect to it.</param>
/// <param name="Egress">Whom it may connect to.</param>
internal sealed record SuggestedPolicy(
    string Name, string Workload, IReadOnlyDictionary<string, string> Labels, IReadOnlyList<string> Notes, IReadOnlyList<SuggestedRule> Ingress, IReadOnlyList<SuggestedRule> Egress);

/// <summary>The whole answer for a namespace.</summary>
/// <param name="Seen">The traffic that it was made of.</param>
/// <param name="Complete">All kept records of the time were read.</param>
/// <param name="Policies">One for each workload.</param>
/// <param name="Unused">Rules of existing policies that no seen connection needs; null if policies can't be read.</param>
/// <param name="Remarks">What could not be done, and why.</param>
internal sealed record Suggestion(SeenTraffic Seen, bool Complete, IReadOnlyList<SuggestedPolicy> Policies, IReadOnlyList<string>? Unused, IReadOnlyList<string> Remarks);
