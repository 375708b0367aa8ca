using System.Text;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Metrics;

/// <summary>Closed sets as label values.</summary>
internal static class LabelValue
{
    /// <summary>The member's name in snake_case: <c>TooManyAgents</c> is <c>too_many_agents</c>.</summary>
    public static string Of<T>(T member) where T : struct, Enum
    {
        StringBuilder text = new();
        foreach (char letter in member.ToString())
        {
            if (char.IsUpper(letter) && text.Length > 0) text.Append('_');
            text.Append(char.ToLowerInvariant(letter));
        }
        return text.ToString();
    }

    /// <summary>Reason of the datagrams that no worker saw.</summary>
    public const string Kernel = "kernel";

    /// <summary>True for the outcomes that leave nothing of a datagram; the others use its sound part.</summary>
    public static bool DropsWhole(DatagramOutcome outcome) =>
        outcome is not (DatagramOutcome.Ok or DatagramOutcome.Truncated or DatagramOutcome.Malformed);

    /// <summary>The node whose agent this is, in the words of <c>observer_node</c>.</summary>
    public static string ObserverNode(NodeRegistry nodes, int node) => node < 0 ? ReservedLabels.Unknown : nodes[node].Name;
}
