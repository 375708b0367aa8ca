namespace SFlow.Exporter.Elasticsearch;

/// <summary>Log messages of the Elasticsearch sink: event ids 4000 to 4999.</summary>
internal static partial class ElasticsearchLog
{
    [LoggerMessage(4001, LogLevel.Information, "Sending records to {Stream} at {Host} ({Profile}).")]
    public static partial void Ready(this ILogger logger, string stream, string host, ServerProfile profile);

    [LoggerMessage(4002, LogLevel.Information, "Sending records to {Stream} at {Host}. Elasticsearch:Setup is false: an administrator creates templates and lifecycle policy.")]
    public static partial void ReadyWithoutSetup(this ILogger logger, string stream, string host);

    [LoggerMessage(4003, LogLevel.Warning, "{Host} does not say what it is ({Response}). Setup assumes {Profile} or later. Set Elasticsearch:Profile, or grant the cluster privilege monitor.")]
    public static partial void ProfileAssumed(this ILogger logger, string host, SearchResponse response, ServerProfile profile);

    [LoggerMessage(4004, LogLevel.Warning, "{Profile} at {Host} does not accept a lifecycle policy ({Path}: {Response}). Old records stay until an administrator deletes them.")]
    public static partial void WithoutLifecycle(this ILogger logger, ServerProfile profile, string host, string path, SearchResponse response);

    [LoggerMessage(4005, LogLevel.Warning, "{Profile} at {Host} has no data streams. Records are written to an ordinary index, {Stream}.")]
    public static partial void WithoutDataStreams(this ILogger logger, ServerProfile profile, string host, string stream);

    [LoggerMessage(4006, LogLevel.Warning, "{Host} has another index template of priority {Usual} for {Pattern}. The template of the exporter was created with priority {Priority}.")]
    public static partial void PriorityRaised(this ILogger logger, string host, int usual, string pattern, int priority);

    [LoggerMessage(4007, LogLevel.Error, "{Host} is not ready for records, which wait in the queue. {Error}")]
    public static partial void NotReady(this ILogger logger, string host, string error);

    [LoggerMessage(4008, LogLevel.Warning, "{Host} accepted records as a plain body after it had refused them compressed ({Response}). All bodies are plain from now on.")]
    public static partial void CompressionOff(this ILogger logger, string host, SearchResponse response);

    [LoggerMessage(4009, LogLevel.Warning, "The Elasticsearch sink stopped at its deadline of {Deadline}: {Records} records are lost. Raise --drain (Shutdown:Deadline) to wait longer.")]
    public static partial void Stopped(this ILogger logger, string deadline, long records);

    [LoggerMessage(4010, LogLevel.Error, "A bulk request could not be processed: {Records} records are lost.")]
    public static partial void SendFailed(this ILogger logger, Exception error, int records);

    [LoggerMessage(4011, LogLevel.Warning, "{Host} rejects a record: {Error}. It is lost and counted.")]
    public static partial void RecordRejected(this ILogger logger, string host, string error);

    [LoggerMessage(4012, LogLevel.Warning, "{Host} accepted only a part of the records of a bulk request: {Error}. {Waiting} records queued.")]
    public static partial void PartAccepted(this ILogger logger, string host, string error, long waiting);

    [LoggerMessage(4013, LogLevel.Warning, "{Host} accepted no record of a bulk request: {Error}. {Waiting} records queued.")]
    public static partial void NoneAccepted(this ILogger logger, string host, string error, long waiting);

    [LoggerMessage(4014, LogLevel.Warning, "Bulk request to {Host} failed: {Error}. {Waiting} records queued; retrying in {Delay}.")]
    public static partial void BulkFailed(this ILogger logger, string host, string error, long waiting, string delay);

    [LoggerMessage(4015, LogLevel.Warning, "{Host} answered a bulk request with an unknown body. Check whether Elasticsearch:Url leads to a search server. {Waiting} records queued; retrying in {Delay}.")]
    public static partial void BulkNotUnderstood(this ILogger logger, string host, long waiting, string delay);

    [LoggerMessage(4016, LogLevel.Warning, "{Host} does not take {Records} records of {Bytes} bytes in one request: {Error}; smaller ones follow.")]
    public static partial void RequestDivided(this ILogger logger, string host, int records, int bytes, string error);

    [LoggerMessage(4017, LogLevel.Error,
        "{Host} refuses records: {Error}. Check the URL, credentials, privileges (create_doc, auto_configure on {Stream}) and blocks. {Waiting} records queued; retrying in {Delay}.")]
    public static partial void RecordsRefused(this ILogger logger, string host, string error, string stream, long waiting, string delay);

    [LoggerMessage(4019, LogLevel.Warning,
        "{Host} does not say which records it has ({Response}). When {Stream} rolls over, retries and a second exporter may write records twice. Grant view_index_metadata and read to prevent that.")]
    public static partial void RolloverNotAsked(this ILogger logger, string host, SearchResponse response, string stream);

    [LoggerMessage(4018, LogLevel.Warning, "Elasticsearch:{Setting}: {Error}.")]
    public static partial void FileRejected(this ILogger logger, string setting, string error);
}
