using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.History.Query;

/// <summary>Amounts, errors and shares of an answer, from sums.</summary>
/// <param name="query">The unit.</param>
/// <param name="total">All that matches.</param>
/// <param name="coveredSeconds">For how long each step has data; null for an answer without steps.</param>
internal sealed class HistoryFigures(HistoryQuery query, HistorySums total, long[]? coveredSeconds)
{
    public TotalFigures Total(ReadOnlySpan<HistorySums> steps) => new()
    {
        Total = query.Amount(total), Samples = total.Samples, Error = Error(total), Share = Share(total), Values = Values(steps), Errors = Errors(steps),
    };

    public RemainderFigures Remainder(HistorySums sums, int groups, ulong unnamed, ReadOnlySpan<HistorySums> steps) => new()
    {
        Total = query.Amount(sums), Samples = sums.Samples, Error = Error(sums), Share = Share(sums), Groups = groups, Unnamed = unnamed, Values = Values(steps), Errors = Errors(steps),
    };

    public GroupFigures Group(HistoryGroups groups, int group, HistorySums sums, ReadOnlySpan<HistorySums> steps) => new()
    {
        Name = groups.NameOf(group), Label = groups.LabelOf(group), Filter = groups.FilterOf(group),
        Total = query.Amount(sums), Samples = sums.Samples, Error = Error(sums), Share = Share(sums), Values = Values(steps), Errors = Errors(steps),
    };

    private double? Error(in HistorySums sums) => query.Unit == HistoryUnit.Packets
        ? EstimateError.Of(sums.Packets, sums.PacketsVariance, sums.Samples).Share
        : EstimateError.Of(sums.Bytes, sums.BytesVariance, sums.Samples).Share;

    private double Share(in HistorySums sums) => query.Amount(total) == 0 ? 0 : (double)query.Amount(sums) / query.Amount(total);

    /// <summary>Without data there is no value. 0 means that nothing was sampled.</summary>
    private ulong?[]? Values(ReadOnlySpan<HistorySums> steps)
    {
        if (coveredSeconds is null) return null;
        ulong?[] values = new ulong?[steps.Length];
        for (int step = 0; step < steps.Length; step++) values[step] = HasData(step, steps) ? query.Amount(steps[step]) : null;
        return values;
    }

    private double?[]? Errors(ReadOnlySpan<HistorySums> steps)
    {
        if (coveredSeconds is null) return null;
        double?[] errors = new double?[steps.Length];
        for (int step = 0; step < steps.Length; step++) errors[step] = HasData(step, steps) ? Error(steps[step]) : null;
        return errors;
    }

    private bool HasData(int step, ReadOnlySpan<HistorySums> steps) => coveredSeconds![step] > 0 || steps[step].Samples > 0;
}
