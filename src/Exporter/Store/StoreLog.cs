namespace SFlow.Exporter.Store;

/// <summary>Log messages of the embedded store: event ids 3000 to 3999.</summary>
internal static partial class StoreLog
{
    [LoggerMessage(3001, LogLevel.Warning, "A search failed, because the store could not be read: {Error}")]
    public static partial void SearchFailed(this ILogger logger, string error);

    [LoggerMessage(3002, LogLevel.Warning, "The store stopped at its deadline of {Deadline}: {Records} records are lost. Raise --drain (Shutdown:Deadline) to wait longer.")]
    public static partial void Stopped(this ILogger logger, string deadline, long records);

    [LoggerMessage(3003, LogLevel.Error, "The store can't write: {Records} records are lost.")]
    public static partial void WriteFailed(this ILogger logger, Exception error, long records);

    [LoggerMessage(3004, LogLevel.Error, "The store can't evict or tidy up. Retrying in {Delay}.")]
    public static partial void UpkeepFailed(this ILogger logger, Exception error, string delay);

    [LoggerMessage(3005, LogLevel.Error, "The store {Path} can't be opened yet. Records are lost until it can be opened.")]
    public static partial void NotOpenedYet(this ILogger logger, Exception error, string path);

    [LoggerMessage(3006, LogLevel.Error, "The store {Path} was deleted or replaced: its {Records} records are lost. A new store was created.")]
    public static partial void Deleted(this ILogger logger, string path, long records);

    [LoggerMessage(3007, LogLevel.Warning, "The write-ahead log of the store {Path} was deleted. Its content was saved, and a new log was created.")]
    public static partial void LogDeleted(this ILogger logger, string path);

    [LoggerMessage(3008, LogLevel.Warning, "The clock was set by {Leap}. No record is evicted by age until the clock has kept the new time for {Hold} (--store-clock-hold).")]
    public static partial void ClockSet(this ILogger logger, string leap, string hold);

    [LoggerMessage(3009, LogLevel.Error, "The store {Path} {Reason}. It was set aside as {Aside}, and a new store was created.")]
    public static partial void SetAside(this ILogger logger, string path, string reason, string aside);

    [LoggerMessage(3010, LogLevel.Warning, "The disk of the store {Path} is full. The oldest records are evicted to make room for new ones.")]
    public static partial void DiskFull(this ILogger logger, string path);

    [LoggerMessage(3011, LogLevel.Information, "The store {Path} was written by an older release. Converting its records.")]
    public static partial void Converting(this ILogger logger, string path);

    [LoggerMessage(3012, LogLevel.Information, "The store {Path} was converted: {Records} records in {Milliseconds} ms.")]
    public static partial void Converted(this ILogger logger, string path, long records, long milliseconds);
}
