namespace SFlow.Exporter.Elasticsearch;

/// <summary>
/// Requests to Elasticsearch or OpenSearch. Between the sender and the wire: bytes go out, a <see cref="SearchResponse"/> comes back. A request
/// without an answer is a response too, so callers catch nothing but their own cancellation. Any thread may call.
/// </summary>
internal interface ISearchTransport : IDisposable
{
    /// <summary>Host and port, or a list of them, for logs.</summary>
    string Host { get; }

    /// <summary>Reads a path. The empty path is the root: what answers, and whether anything does.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    Task<SearchResponse> GetAsync(string path, CancellationToken cancellation);

    /// <summary>Writes a JSON object. An empty one sends no body.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    Task<SearchResponse> PutAsync(string path, ReadOnlyMemory<byte> json, CancellationToken cancellation);

    /// <summary>Asks a question that needs a JSON object.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    Task<SearchResponse> PostAsync(string path, ReadOnlyMemory<byte> json, CancellationToken cancellation);

    /// <summary>Sends the body of a bulk request.</summary>
    /// <param name="path">The path and its query.</param>
    /// <param name="body">NDJSON. It may change once the call has returned.</param>
    /// <param name="compressed">Whether the body is compressed by gzip.</param>
    /// <param name="cancellation">Cancels the request.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    Task<SearchResponse> BulkAsync(string path, ReadOnlyMemory<byte> body, bool compressed, CancellationToken cancellation);
}
