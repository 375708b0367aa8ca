namespace SFlow.Exporter.History;

/// <summary>A part of a window, without its rows. Several parts of a window add up, also their covered time.</summary>
internal readonly record struct HistoryWindow
{
    /// <summary>Start of the window, in seconds of Unix time.</summary>
    public required long Start { get; init; }

    /// <summary>
    /// For how long the sums were counted. Less than the window where the exporter did not run; more where the clock was set back, because then the
    /// same minute is counted twice.
    /// </summary>
    public required long CoveredMilliseconds { get; init; }

    /// <summary>What was counted in the window and is in no row.</summary>
    public required HistorySums Unnamed { get; init; }
}

/// <summary>Gets the windows of a scan. Methods are called by the thread that scans.</summary>
internal interface IHistoryVisitor
{
    /// <summary>One part of a window.</summary>
    /// <param name="window">The window; parts come in the order of their starts.</param>
    /// <param name="rows">Its rows, valid during the call. No two have the same hosts, service and node port.</param>
    void Visit(in HistoryWindow window, ReadOnlySpan<HistoryRow> rows);
}
