using System.Globalization;

namespace SFlow.Compare.Report;

/// <summary>One line of the table.</summary>
/// <param name="What">What was measured, and in which unit.</param>
/// <param name="Ours">The program's figure.</param>
/// <param name="Peer">Against what, and its figure.</param>
/// <param name="Ratio">The quotient of the two.</param>
/// <param name="Bar">Target of the ratio or figure, and whether it is met. Empty without a target.</param>
internal sealed record Row(string What, string Ours, string Peer, string Ratio, string Bar)
{
    public override string ToString() => $"| {What} | {Ours} | {Peer} | {Ratio} | {Bar} |";
}

/// <summary>All that a comparison found: figures of every round, lines of the table, and what else must be said.</summary>
internal sealed class Findings
{
    public List<Series> Series { get; init; } = [];

    /// <summary>The table of bench/README.md.</summary>
    public List<Row> Rows { get; init; } = [];

    /// <summary>Lines that the page has beside the table.</summary>
    public List<Row> Also { get; init; } = [];

    /// <summary>What was counted right, with the number of values compared.</summary>
    public List<string> Checks { get; init; } = [];

    /// <summary>What is missing or restricts the figures.</summary>
    public List<string> Notes { get; init; } = [];

    public Series Measure(string name, string unit)
    {
        Series series = new(name, unit, []);
        Series.Add(series);
        return series;
    }

    /// <summary>The peer must need at least <paramref name="bar"/> times as much.</summary>
    /// <param name="what">What was measured, and in which unit.</param>
    /// <param name="ours">The program's figures.</param>
    /// <param name="peerName">Against whom.</param>
    /// <param name="peer">Its figures.</param>
    /// <param name="bar">The target; null for none.</param>
    /// <param name="beside">Whether the line is beside the table, on the page of results only.</param>
    public void Cheaper(string what, Series ours, string peerName, Series peer, double? bar, bool beside = false)
    {
        double ratio = peer.Median / ours.Median;
        (beside ? Also : Rows).Add(new Row(what, ours.ToString(), $"{peerName}: {peer}", $"{Ratio(ratio)}x less", bar is null ? "" : $"at least {bar}x less: {Verdict(ratio >= bar)}"));
    }

    /// <summary>At most <paramref name="bar"/> times as much as the peer needs.</summary>
    public void Within(string what, Series ours, string peerName, Series peer, double? bar)
    {
        double ratio = ours.Median / peer.Median;
        string demand = bar == 1 ? "less" : string.Create(CultureInfo.InvariantCulture, $"at most {bar}x");
        Rows.Add(new Row(what, ours.ToString(), $"{peerName}: {peer}", $"{Ratio(ratio)}x", bar is null ? "" : $"{demand}: {Verdict(ratio <= bar)}"));
    }

    /// <summary>The largest round must be below <paramref name="bar"/>.</summary>
    public void Below(string what, Series ours, double bar) =>
        Rows.Add(new Row(what, ours.ToString(), "", "", string.Create(CultureInfo.InvariantCulture, $"below {bar}: {Verdict(ours.Rounds.Max() < bar)}")));

    public static string Verdict(bool met) => met ? "met" : "not met";

    /// <summary>Fails the comparison where a count is wrong: a figure of wrong work is none.</summary>
    public static void MustEqual(string what, long found, long expected)
    {
        if (found != expected) throw new CompareException($"{what}: {found} counted where {expected} are right");
    }

    private static string Ratio(double ratio) => ratio.ToString(ratio < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture);
}
