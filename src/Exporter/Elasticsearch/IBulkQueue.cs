namespace SFlow.Exporter.Elasticsearch;

/// <summary>
/// Bulk bodies between their writer and the senders, as bytes. A body leaves in two steps: a sender takes it, and settles it once every record of it is
/// written, already there or lost. So a queue on disk can keep a body until then. One writer, any number of senders.
/// </summary>
internal interface IBulkQueue
{
    /// <summary>Opens what the queue is kept in, before the first body.</summary>
    /// <exception cref="SFlow.Exporter.Pipeline.StartException">Another process uses it.</exception>
    void Open();

    /// <summary>Monotonic timestamp since which the oldest record in memory waits here; null if there is none. Any thread may ask.</summary>
    long? WaitingSince { get; }

    /// <summary>The longest wait that a server may ask for (Retry-After), so that no record is lost because of the wait.</summary>
    TimeSpan LongestRetryAfter { get; }

    /// <summary>Hands over a body. Waits for room.</summary>
    /// <returns>An empty body, to be filled next.</returns>
    /// <exception cref="OperationCanceledException">The deadline passed. The body is still the caller's.</exception>
    ValueTask<BulkBody> AddAsync(BulkBody body, CancellationToken deadline);

    /// <summary>Takes the oldest body. Waits for one.</summary>
    /// <returns>Null if none is left and none will come.</returns>
    /// <exception cref="OperationCanceledException">The deadline passed.</exception>
    ValueTask<BulkBody?> TakeAsync(CancellationToken deadline);

    /// <summary>Every record of the body has its outcome.</summary>
    void Settle(BulkBody body);

    /// <summary>The deadline passed before every record of the body had its outcome.</summary>
    /// <param name="body">The body that was taken, with these records alone.</param>
    /// <param name="left">Records without an outcome.</param>
    /// <returns>How many of them are lost: all, unless the queue keeps the body for the next start.</returns>
    int Abandon(BulkBody body, int left);

    /// <summary>No body will follow.</summary>
    void Complete();

    /// <summary>The deadline passed: nothing will be taken any more.</summary>
    /// <returns>Records that waited and are lost; none of those that the queue keeps for the next start.</returns>
    int Close();
}
