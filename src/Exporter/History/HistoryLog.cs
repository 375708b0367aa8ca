namespace SFlow.Exporter.History;

/// <summary>Log messages of the history: event ids 3500 to 3599.</summary>
internal static partial class HistoryLog
{
    [LoggerMessage(3501, LogLevel.Warning, "The history can't be written: {Error} {Waiting} minutes wait. Retrying in a minute.")]
    public static partial void WriteFailed(this ILogger logger, string error, int waiting);

    [LoggerMessage(3502, LogLevel.Error, "{Windows} minutes of the history are lost, because the store could not be written for {Minutes} minutes. Look for the cause in the messages of the store.")]
    public static partial void Lost(this ILogger logger, int windows, int minutes);

    [LoggerMessage(3503, LogLevel.Error, "The history of {Start} has {Windows} damaged windows. They were deleted, and the history has a gap there.")]
    public static partial void Damaged(this ILogger logger, int windows, string start);
}
