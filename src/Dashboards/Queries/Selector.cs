using SFlow.Exporter.Metrics;

namespace SFlow.Dashboards.Queries;

/// <summary>Series of a metric of the catalogue.</summary>
internal sealed record Selector
{
    /// <summary>Labels that Prometheus adds to each scraped series.</summary>
    private static readonly string[] target = ["job", "instance"];

    /// <summary>Range of a rate on a dashboard: wide enough for the step and the scrape interval.</summary>
    public const string RateInterval = "$__rate_interval";

    /// <summary>The time range that the reader selected.</summary>
    public const string Range = "$__range";

    private readonly MetricDefinition metric;
    private readonly string[] matchers;

    private Selector(MetricDefinition metric, string[] matchers) => (this.metric, this.matchers) = (metric, matchers);

    private string Text => matchers.Length == 0 ? metric.Name : $"{metric.Name}{{{string.Join(", ", matchers)}}}";

    private string[] Labels => IsOfNetwork ? [.. target, Expression.Copy, .. metric.Labels] : [.. target, .. metric.Labels];

    /// <summary>What two exporters that hear the same agents both have. The others are about the exporter itself.</summary>
    private bool IsOfNetwork => metric.Name.StartsWith("sflow_", StringComparison.Ordinal) && !metric.Name.StartsWith("sflow_exporter_", StringComparison.Ordinal);

    /// <summary>For a dashboard: the series of the exporters that its reader selected.</summary>
    public static Selector Selected(MetricDefinition metric) => new(metric, ["job=~\"$job\"", "instance=~\"$instance\""]);

    /// <summary>For a rule: the series of all exporters.</summary>
    public static Selector Everywhere(MetricDefinition metric) => new(metric, []);

    /// <summary>Series whose label matches a regular expression, or a variable. The label may be a variable too.</summary>
    public Selector Where(string label, string pattern) => Match(label, "=~", pattern);

    public Selector WhereNot(string label, string pattern) => Match(label, "!~", pattern);

    public Selector Is(string label, string value) => Match(label, "=", value);

    public Selector IsNot(string label, string value) => Match(label, "!=", value);

    public Expression Rate(string range = RateInterval) => Of(MetricType.Counter, $"rate({Text}[{range}])");

    public Expression Increase(string range = Range) => Of(MetricType.Counter, $"increase({Text}[{range}])");

    /// <summary>The rate over the selected range, the same at every point of a chart: it ranks series.</summary>
    public Expression RateOfRange() => Of(MetricType.Counter, $"rate({Text}[{Range}] @ end())");

    /// <summary>The present value of a gauge.</summary>
    public Expression Value() => Of(MetricType.Gauge, Text);

    /// <summary>The copies of which series are there, by the Service that they are scraped by.</summary>
    /// <param name="range">Series that were there within this time count too; null for the present.</param>
    public Expression Copies(string? range = null) =>
        new(range is null ? $"group by ({Expression.Copy}) ({Text})" : $"group by ({Expression.Copy}) (present_over_time({Text}[{range}]))", [Expression.Copy]);

    private Selector Match(string label, string symbol, string value) =>
        Labels.Contains(label) || label[0] == '$'
            ? new Selector(metric, [.. matchers, $"{label}{symbol}\"{value}\""])
            : throw new ArgumentException($"{metric.Name} has no label {label}", nameof(label));

    private Expression Of(MetricType type, string text) =>
        metric.Type == type ? new Expression(text, Labels) : throw new InvalidOperationException($"{metric.Name} is not a {type}: {text}");
}
