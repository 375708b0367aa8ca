using SFlow.Dashboards.Rules;

namespace SFlow.Dashboards.Definitions;

/// <summary>Every group of rules; recording rules first, because alerts read what they record.</summary>
internal static class AllRules
{
    public static IReadOnlyList<RuleGroup> Groups { get; } =
        [RecordingRules.Traffic, RecordingRules.Cost, RecordingRules.Health, Alerts.Agents, Alerts.Exporter, Alerts.Traffic];

    public static IEnumerable<Rule> Rules => Groups.SelectMany(group => group.Rules);
}
