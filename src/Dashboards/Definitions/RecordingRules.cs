using SFlow.Dashboards.Queries;
using SFlow.Dashboards.Rules;
using SFlow.Exporter.Count.Families;
using SFlow.Exporter.Metrics;

namespace SFlow.Dashboards.Definitions;

/// <summary>
/// Series that are recorded: rates, their errors, and what is billed. Traffic has neither job nor instance: of two exporters that receive the same agents, the
/// larger counts, and a replaced pod continues the series of the former one. What is about an exporter itself keeps both.
/// </summary>
internal static class RecordingRules
{
    private const string Short = "5m", Long = "1h", Day = "1d";

    private static readonly Estimate bytes = Estimate.Bytes<NamespacePairFamily>(Selector.Everywhere);
    private static readonly string[] pair = [Labels.Source, Labels.Destination];
    private static readonly string[] node = Keep(Labels.Node);

    public static Recording SentHourly { get; } = new("source_namespace:sflow_bytes:rate1h", bytes.Rate(Long, Labels.Source));

    public static Recording LossOfNode { get; } = new("observer_node:sflow_agent_datagrams_lost:ratio10m", Loss("10m"));

    public static Recording Remainder { get; } = new("family:sflow_bytes_remainder:ratio1h",
        RemainderOf(bytes).With("family", NamespacePairFamily.Name).Or(RemainderOf(Estimate.Bytes<FlowFamily>(Selector.Everywhere)).With("family", FlowFamily.Name)));

    public static Recording SeriesUsed { get; } = new("family:sflow_exporter_series:ratio",
        Selector.Everywhere(MetricCatalogue.Series).Value().Max(Keep("family")) / Selector.Everywhere(MetricCatalogue.SeriesLimit).Value().Max(Keep("family")));

    public static RuleGroup Traffic { get; } = new("sflow-traffic",
    [
        new Recording("namespace_pair:sflow_bytes:rate5m", bytes.Rate(Short, pair)),
        new Recording("namespace_pair:sflow_bytes:error_ratio5m", bytes.Error(Short, pair)),
        new Recording("source_namespace:sflow_bytes:rate5m", bytes.Rate(Short, Labels.Source)),
        SentHourly,
        new Recording("source_namespace:sflow_bytes:error_ratio1h", bytes.Error(Long, Labels.Source)),
        Remainder,
    ]);

    public static RuleGroup Cost { get; } = new("sflow-cost",
    [
        new Recording("source_namespace_locality:sflow_locality_bytes:rate5m", Selector.Everywhere(Families.LocalityBytes).Rate(Short).Sum(Labels.Source, Labels.Locality)),
        new Recording("source_namespace_locality:sflow_locality_bytes:increase1d", Selector.Everywhere(Families.LocalityBytes).Increase(Day).Sum(Labels.Source, Labels.Locality)),
    ]);

    public static RuleGroup Health { get; } = new("sflow-health", [LossOfNode, SeriesUsed]);

    private static string[] Keep(params string[] labels) => ["job", "instance", .. labels];

    private static Expression RemainderOf(Estimate family) =>
        family.Is(Labels.Source, Labels.Remainder).Rate(Long, Keep()) / (family.Rate(Long, Keep()) > 0);

    private static Expression Loss(string range)
    {
        Expression lost = Selector.Everywhere(MetricCatalogue.AgentDatagramsLost).Rate(range).Sum(node);
        return lost / (lost + Selector.Everywhere(MetricCatalogue.AgentDatagrams).Rate(range).Sum(node) > 0);
    }
}
