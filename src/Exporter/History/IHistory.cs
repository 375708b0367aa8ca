namespace SFlow.Exporter.History;

/// <summary>The history of the counted flows. It is not registered where no history is kept: ask for it with GetService.</summary>
internal interface IHistory
{
    /// <summary>Opens what the history has at this moment. Dispose of it soon: meanwhile the log of the store can't be emptied.</summary>
    /// <exception cref="HistoryUnavailableException">The store can't be read now. The message is a sentence for the user.</exception>
    IHistorySnapshot Open();
}

/// <summary>The history at one moment, for one thread. All reads see the same windows and names.</summary>
internal interface IHistorySnapshot : IDisposable
{
    HistoryNames Names { get; }

    /// <summary>From where to where the history has data at a resolution; null without any. There can be gaps in between.</summary>
    HistoryCoverage? Coverage(HistoryResolution resolution);

    /// <summary>
    /// Reads all windows that start in a range. A window of an hour or a day that is not over has what was counted in it so far. Windows without
    /// data are not visited.
    /// </summary>
    /// <param name="resolution">Length of the windows.</param>
    /// <param name="from">Earliest start of a window, in seconds of Unix time.</param>
    /// <param name="to">All windows start before this time, in seconds of Unix time.</param>
    /// <param name="visitor">Gets the windows.</param>
    /// <param name="cancellation">Ends the scan between two windows.</param>
    /// <exception cref="HistoryUnavailableException">The store can't be read. The message is a sentence for the user.</exception>
    /// <exception cref="OperationCanceledException">The scan was cancelled.</exception>
    void Scan(HistoryResolution resolution, long from, long to, IHistoryVisitor visitor, CancellationToken cancellation);
}

/// <summary>Where the history begins and stops, in seconds of Unix time.</summary>
/// <param name="From">Start of the first window.</param>
/// <param name="To">Until when the last window was counted.</param>
internal readonly record struct HistoryCoverage(long From, long To);

/// <summary>The history can't be read at the moment.</summary>
internal sealed class HistoryUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
