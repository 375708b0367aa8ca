namespace SFlow.Exporter.Pipeline;

/// <summary>
/// What an answer to a bulk request says of one record. Only the first two and the last settle it. Closed set; the names become label values in
/// snake_case.
/// </summary>
internal enum ItemOutcome : byte
{
    /// <summary>Written.</summary>
    Created,

    /// <summary>The id exists: an earlier attempt or another exporter wrote it.</summary>
    AlreadyThere,

    /// <summary>Status 429: sent again after a delay.</summary>
    TooManyRequests,

    /// <summary>Any other trouble of the server, such as status 5xx: sent again after a delay.</summary>
    ServerError,

    /// <summary>Status 401 or 403: waits until a person gives the right or removes the block.</summary>
    Refused,

    /// <summary>Status 400 whose error may be the server's own: sent again, and rejected once the server accepts others meanwhile.</summary>
    Unclear,

    /// <summary>The server can never accept this document: lost and counted, and kept as a dead letter.</summary>
    Rejected,
}
