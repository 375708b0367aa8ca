using SFlow.Dashboards.Queries;
using SFlow.Dashboards.Rules;
using SFlow.Exporter.Metrics;

namespace SFlow.Dashboards.Definitions;

/// <summary>What calls for a person. Each alert has a page below docs/runbooks.</summary>
internal static class Alerts
{
    private const string Node = "{{ $labels.observer_node }}", Instance = "{{ $labels.instance }}", Share = "{{ $value | humanizePercentage }}";

    public static RuleGroup Agents { get; } = new("sflow-agents",
    [
        new Alert("SFlowAgentSilent", InState("silent"), "5m", Severity.Warning, "A node stopped sending sFlow.",
            $"Nothing has arrived from agent {{{{ $labels.agent }}}} of node {Node} for more than 90 s. Its traffic to other nodes counts at their side only; other traffic is missing."),
        new Alert("SFlowAgentNeverSeen", InState("never_seen"), "15m", Severity.Warning, "A node has never sent sFlow.",
            $"Nothing has ever arrived from node {Node}. Its traffic to other nodes counts at their side only; other traffic is missing."),
        new Alert("SFlowDatagramsLost", RecordingRules.LossOfNode.Series > 0.01, "10m", Severity.Warning, "Datagrams of a node are lost on the way.",
            $"{Share} of the datagrams of node {Node} never arrived. The estimates of its traffic are too low by the same share."),
        new Alert("SFlowUpcallsLost", Of(MetricCatalogue.OvsLost).Increase("10m").Sum(Labels.Node) > 0, "10m", Severity.Warning, "Open vSwitch drops packets of new flows.",
            $"Open vSwitch of node {Node} dropped {{{{ $value | humanize }}}} packets in 10 minutes because the queue to ovs-vswitchd was full. New connections time out."),
        new Alert("SFlowCalibrationOff", Uncalibrated(), "30m", Severity.Warning, "Estimates of a node differ from its interface counters.",
            $"The estimated bytes of agent {{{{ $labels.agent }}}} of node {Node} differ by {Share} from its interface counters, more than chance explains."),
    ]);

    public static RuleGroup Exporter { get; } = new("sflow-exporter",
    [
        new Alert("SFlowExporterAbsent", Of(MetricCatalogue.BuildInfo).Value().IsAbsent(), "5m", Severity.Critical, "No exporter is scraped.",
            "Prometheus has no metrics of any sFlow exporter. Traffic is not counted, or not stored."),
        new Alert("SFlowCopyAbsent", CopyAbsent(), "10m", Severity.Warning, "One of several exporters is not scraped.",
            "Prometheus had metrics of Service {{ $labels.service }} in the last day and has none now. The other exporters still count; if one of them fails too, traffic is lost."),
        new Alert("SFlowKernelDrops", Of(MetricCatalogue.DatagramsDropped).Is(Labels.Reason, "kernel").Increase("10m").Sum("job", "instance") > 0, "5m", Severity.Warning, "The kernel drops datagrams.",
            $"The receive buffer of {Instance} was full: {{{{ $value | humanize }}}} datagrams dropped in 10 minutes. The estimates are too low."),
        new Alert("SFlowSeriesLimitNear", RecordingRules.SeriesUsed.Series > 0.9, "30m", Severity.Info, "A family is near its series limit.",
            $"Family {{{{ $labels.family }}}} of {Instance} uses {Share} of its series limit. Beyond it, small series are counted in __other__."),
        new Alert("SFlowTrafficWithoutSeries", RecordingRules.Remainder.Series > 0.1, "30m", Severity.Warning, "Much traffic has no series of its own.",
            $"{Share} of the bytes of family {{{{ $labels.family }}}} of {Instance} were counted in the remainder __other__ in the last hour. Totals are right; their division is not."),
        new Alert("SFlowRecordsLost", Of(MetricCatalogue.RecordsLost).Increase("10m").Sum("job", "instance", Labels.Sink, Labels.Reason) > 0, "5m", Severity.Warning, "Records are lost.",
            $"{{{{ $value | humanize }}}} records of {Instance} for sink {{{{ $labels.sink }}}} were lost in 10 minutes ({{{{ $labels.reason }}}}). Metrics are not affected."),
        new Alert("SFlowSpoolDown", Of(MetricCatalogue.SpoolUp).Value().Max("job", "instance").EqualTo(0), "5m", Severity.Warning, "The spool can't be written.",
            $"The last write of {Instance} to its spool failed. While Elasticsearch is away, records wait in memory only, and are lost when the queue is full."),
        new Alert("SFlowSpoolFilling", SpoolUsed() > 0.8, "5m", Severity.Warning, "The spool is nearly full.",
            $"The spool of {Instance} uses {Share} of its limit. At the limit, the oldest records are lost."),
        new Alert("SFlowElasticsearchBehind", Of(MetricCatalogue.ElasticsearchLag).Value().Max("job", "instance") > 600, "10m", Severity.Warning, "Records wait long for Elasticsearch.",
            $"The oldest record of {Instance} has waited {{{{ $value | humanizeDuration }}}} for Elasticsearch. Searches there miss the latest traffic."),
        new Alert("SFlowSinkDown", SinkDown(), "5m", Severity.Warning, "A sink does not accept records.",
            $"The last request of {Instance} to sink {{{{ $labels.sink }}}} failed. Records wait in a bounded queue, and are lost when it is full."),
    ]);

    public static RuleGroup Traffic { get; } = new("sflow-unusual",
    [
        new Alert("SFlowNamespaceTrafficUnusual", Unusual(), "30m", Severity.Info, "A namespace sends far more or far less than in its own week.",
            "Namespace {{ $labels.source_namespace }} sent {{ $value | humanize }}B/s in the last hour, far from the mean of the last 7 days."),
    ]);

    private static Selector Of(MetricDefinition metric) => Selector.Everywhere(metric);

    /// <summary>Only while another one is there: <c>SFlowExporterAbsent</c> is for the rest.</summary>
    private static Expression CopyAbsent()
    {
        Expression now = Of(MetricCatalogue.BuildInfo).Copies(), day = Of(MetricCatalogue.BuildInfo).Copies("1d");
        return day.Unless(now).AndAny(now);
    }

    private static Expression InState(string state) => Of(MetricCatalogue.AgentState).Is(Labels.State, state).Value().Max("job", "instance", Labels.Node, Labels.Agent) > 0;

    private static Expression Uncalibrated()
    {
        Expression off = (Of(MetricCatalogue.AgentCalibrationRatio).Value() - 1).Absolute();
        return (off > 0.1).And(off > Of(MetricCatalogue.AgentCalibrationError).Value());
    }

    private static Expression SpoolUsed() =>
        Of(MetricCatalogue.SpoolBytes).Value().Max("job", "instance") / Of(MetricCatalogue.SpoolLimit).Value().Max("job", "instance");

    private static Expression SinkDown()
    {
        string[] by = ["job", "instance"];
        return Of(MetricCatalogue.SinkUp).Value().Max([.. by, Labels.Sink]).Or(Of(MetricCatalogue.StoreUp).Value().Max(by).With(Labels.Sink, "store")).EqualTo(0);
    }

    /// <summary>
    /// Four standard deviations and a factor of three from the mean of the week before this hour, of a namespace that existed two days ago and whose traffic
    /// is not trivial. The value is the present rate.
    /// </summary>
    private static Expression Unusual()
    {
        Recording sent = RecordingRules.SentHourly;
        Expression now = sent.Series, mean = sent.OverTime("avg", "7d", "1h"), deviation = sent.OverTime("stddev", "7d", "1h");
        Expression far = (now - mean).Absolute() > (Expression)4 * deviation;
        Expression times = (now > (Expression)3 * mean).Or((Expression)3 * now < mean);
        Expression matters = (now > 100_000).Or(mean > 100_000);
        return now.And(far).And(times).And(matters).And(sent.Before("2d"));
    }
}
