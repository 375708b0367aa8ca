namespace SFlow.Exporter.History.Query;

/// <summary>Log messages of reading the history: event ids 3900 to 3949.</summary>
internal static partial class HistoryQueryLog
{
    [LoggerMessage(3901, LogLevel.Warning, "The history could not be read: {Error}")]
    public static partial void HistoryUnread(this ILogger logger, string error);
}
