using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Commands;

/// <summary>What a capture added to a family.</summary>
/// <param name="Family">Name, labels and columns.</param>
/// <param name="Rows">The rows with samples, the heaviest first.</param>
internal sealed record FamilySummary(IFamily Family, IReadOnlyList<(FamilyRow Row, FlowTotals Totals)> Rows)
{
    public FlowTotals Total { get; } = Rows.Aggregate(default(FlowTotals), (sum, entry) => sum + entry.Totals);

    public static FamilySummary Of(IFamily family) =>
        new(family, [.. family.Read().Rows().Where(entry => entry.Sums.Samples > 0).OrderByDescending(entry => entry.Sums.Bytes)]);
}
