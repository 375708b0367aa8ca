using SFlow.Exporter.Count;
using SFlow.Exporter.Metrics;
using SFlow.Exporter.Pipeline;

namespace SFlow.Dashboards.Queries;

/// <summary>An estimated volume with its 95 % confidence interval (docs/metrics.md). Sums of it keep a correct interval, because variances add up.</summary>
internal sealed record Estimate
{
    /// <summary>Fewer samples give no reliable interval.</summary>
    private const double FewestSamples = 30;

    private readonly Selector volume, variance, samples;

    private Estimate(Selector volume, Selector variance, Selector samples) => (this.volume, this.variance, this.samples) = (volume, variance, samples);

    /// <summary>Bytes of a family.</summary>
    public static Estimate Bytes<TFamily>(Func<MetricDefinition, Selector> scope)
        where TFamily : struct, IFamilyDefinition<TFamily> => Of<TFamily>(scope, FlowFigure.Bytes, FlowFigure.BytesVariance);

    /// <summary>Packets of a family.</summary>
    public static Estimate Packets<TFamily>(Func<MetricDefinition, Selector> scope)
        where TFamily : struct, IFamilyDefinition<TFamily> => Of<TFamily>(scope, FlowFigure.Packets, FlowFigure.PacketsVariance);

    public Estimate Where(string label, string pattern) => Each(selector => selector.Where(label, pattern));

    public Estimate WhereNot(string label, string pattern) => Each(selector => selector.WhereNot(label, pattern));

    public Estimate Is(string label, string value) => Each(selector => selector.Is(label, value));

    public Estimate IsNot(string label, string value) => Each(selector => selector.IsNot(label, value));

    /// <summary>Volume a second.</summary>
    public Expression Rate(string range, params string[] by) => volume.Rate(range).Sum(by);

    /// <summary>Volume a second, of the series that are largest over the selected range.</summary>
    public Expression Top(int count, params string[] by) =>
        volume.Rate().Sum(by).And(volume.RateOfRange().Sum(by).Top(count));

    /// <summary>Volume in the range.</summary>
    public Expression Increase(string range, params string[] by) => volume.Increase(range).Sum(by);

    /// <summary>Half width of the interval, as a share of the volume. Absent below 30 samples.</summary>
    public Expression Error(string range, params string[] by) => (Factor(range, by) - 1).And(samples.Increase(range).Sum(by) >= FewestSamples);

    /// <summary>Upper limit of the interval, as volume a second.</summary>
    public Expression Upper(string range, params string[] by) => Rate(range, by) * Factor(range, by);

    /// <summary>Lower limit of the interval, as volume a second. It is 0 where the error is above 100 %.</summary>
    public Expression Lower(string range, params string[] by) => (Rate(range, by) * (2 - Factor(range, by))).AtLeast(0);

    private Expression Factor(string range, string[] by) =>
        ((Expression)1.96 * variance.Increase(range).Sum(by).SquareRoot() / volume.Increase(range).Sum(by)).Exponential();

    private Estimate Each(Func<Selector, Selector> change) => new(change(volume), change(variance), change(samples));

    private static Estimate Of<TFamily>(Func<MetricDefinition, Selector> scope, FlowFigure volume, FlowFigure variance)
        where TFamily : struct, IFamilyDefinition<TFamily> =>
        new(scope(Families.Of<TFamily>(volume)), scope(Families.Of<TFamily>(variance)), scope(Families.Of<TFamily>(FlowFigure.Samples)));
}
