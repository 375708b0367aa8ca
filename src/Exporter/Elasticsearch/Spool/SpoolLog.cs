namespace SFlow.Exporter.Elasticsearch.Spool;

/// <summary>Log messages of the spool: event ids 4101 to 4199.</summary>
internal static partial class SpoolLog
{
    [LoggerMessage(4101, LogLevel.Information, "The spool {Folder} has {Records} records of an earlier run. They are sent first.")]
    public static partial void Found(this ILogger logger, string folder, long records);

    [LoggerMessage(4102, LogLevel.Warning, "The last body in {File} is not complete: {Bytes} bytes, at least {Records} records, are cut off. The exporter or the machine stopped while it was written.")]
    public static partial void Torn(this ILogger logger, string file, long bytes, long records);

    [LoggerMessage(4103, LogLevel.Error, "Damage in {File}: {Records} records are lost and counted.")]
    public static partial void Damaged(this ILogger logger, string file, long records);

    [LoggerMessage(4110, LogLevel.Error, "Damage in {File}: {Bytes} bytes are skipped, and the number of their records is not known.")]
    public static partial void DamagedBytes(this ILogger logger, string file, long bytes);

    [LoggerMessage(4104, LogLevel.Error, "{File} was deleted while the exporter runs: {Records} records are lost and counted.")]
    public static partial void Deleted(this ILogger logger, string file, long records);

    [LoggerMessage(4105, LogLevel.Warning, "The spool has reached its limit of {Limit}: the {Records} oldest records are lost and counted. Raise --elasticsearch-spool-bytes to keep more.")]
    public static partial void Full(this ILogger logger, string limit, long records);

    [LoggerMessage(4106, LogLevel.Warning, "{Records} records in the spool are older than {Age}: they are lost and counted. Raise --elasticsearch-spool-age to keep them longer.")]
    public static partial void Expired(this ILogger logger, string age, long records);

    [LoggerMessage(4107, LogLevel.Error, "The spool {Folder} can't be written: {Error} Records wait in memory only; retrying in {Delay}.")]
    public static partial void NotWritable(this ILogger logger, string folder, string error, string delay);

    [LoggerMessage(4108, LogLevel.Error, "{File} can't be read: {Error} {Records} records in it are counted as lost. The next start tries to read them again.")]
    public static partial void NotReadable(this ILogger logger, string file, string error, long records);

    [LoggerMessage(4111, LogLevel.Warning, "{File} can't be deleted: {Error}")]
    public static partial void NotDeleted(this ILogger logger, string file, string error);

    [LoggerMessage(4112, LogLevel.Warning, "The previous run ended without a stop. Its memory held {Records} records that are not in the spool, by its last note. The note is at most one second older than the end. Elasticsearch may have some of these records.")]
    public static partial void LeftInMemory(this ILogger logger, long records);

    [LoggerMessage(4109, LogLevel.Warning, "The Elasticsearch sink stopped before all records were sent. The spool {Folder} keeps {Records} records for the next start.")]
    public static partial void Kept(this ILogger logger, string folder, long records);
}
