using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Elasticsearch;

/// <summary>What became of one item of a bulk request. Only what the server says of this document rejects it.</summary>
/// <param name="Status">Status of the item.</param>
/// <param name="ErrorType">The error type that the server gives.</param>
/// <param name="Reason">The server's words. They may quote the document, so they belong into no log.</param>
internal readonly record struct BulkItem(int Status, string? ErrorType, string? Reason = null)
{
    public bool IsWritten => Status is >= 200 and < 300;

    /// <summary>The id exists: an earlier try, whose answer we did not get, or another exporter wrote it.</summary>
    public bool IsAlreadyThere => Status == 409;

    /// <summary>Rights or a block on the index: a person can put it right, and then the record is welcome.</summary>
    public bool IsRefused => Status is 401 or 403;

    /// <summary>The index is not there or has no shard that answers: the server may be another one than before.</summary>
    public bool MayLackIndex => Status is 404 or 502 or 503 or 504;

    /// <summary>This document can never be accepted: its content does not fit the mapping, or it is too large.</summary>
    public bool IsRejected => Status == 413 || Status is >= 400 and < 500 and not (401 or 403 or 404 or 408 or 409 or 425 or 429) && RequestFault.IsOfDocument(ErrorType);

    /// <summary>
    /// Another reason that a server gives with 400, the document's or its own: a pipeline that is missing, an index that is closed, shards that
    /// are used up. It is rejected only after the server took others while it refused this one again and again.
    /// </summary>
    public bool IsDoubtful => !IsRejected && !IsAlreadyThere && !IsRefused && Status is >= 400 and < 500 and not (404 or 408 or 425 or 429);

    /// <summary>The outcome for the metrics.</summary>
    /// <param name="convicted">Whether an unclear item is rejected now.</param>
    public ItemOutcome Outcome(bool convicted) => this switch
    {
        { IsWritten: true } => ItemOutcome.Created,
        { IsAlreadyThere: true } => ItemOutcome.AlreadyThere,
        { IsRejected: true } => ItemOutcome.Rejected,
        { IsDoubtful: true } => convicted ? ItemOutcome.Rejected : ItemOutcome.Unclear,
        { IsRefused: true } => ItemOutcome.Refused,
        { Status: 429 } => ItemOutcome.TooManyRequests,
        _ => ItemOutcome.ServerError,
    };

    /// <summary>For logs: status and error type.</summary>
    public override string ToString() => $"status {Status}, {ErrorType ?? "no error type"}";
}
