using System.Net;

namespace SFlow.Exporter.Ship;

/// <summary>What a request came to.</summary>
/// <param name="Status">HTTP status; 0 when there was no answer (refused, lost, timed out).</param>
/// <param name="Body">Body of the answer; of no answer, nothing.</param>
/// <param name="RetryAfter">The wait that the answer asks for.</param>
/// <param name="Failure">Why there was no answer.</param>
/// <param name="IsConnectionLost">There was a connection, and it ended in the middle of the request.</param>
internal sealed record Answer(int Status, ReadOnlyMemory<byte> Body, TimeSpan? RetryAfter = null, string? Failure = null, bool IsConnectionLost = false)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>The server, or the way to it, has no room, no answer or no such place now: the same request may do later.</summary>
    public bool IsTransient => Status is 0 or 404 or 408 or 429 or >= 500;

    /// <summary>For logs: "status 503 (ServiceUnavailable)" or why there was no answer.</summary>
    public override string ToString() => Failure ?? $"status {Status} ({(HttpStatusCode)Status})";
}
