using SFlow.Exporter.Elasticsearch.DeadLetters;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Elasticsearch;

/// <summary>
/// Sends bodies and settles each of their records: written, already there, or lost. What may succeed later is tried until it does or the deadline
/// passes; a record that can never be accepted is counted and leaves the rest alone. Several bodies may be on their way at once.
/// </summary>
internal sealed class BulkSender(
    ISearchTransport server, Bootstrap bootstrap, StreamName stream, RecordQueue queue, SinkState state, ShipStats stats, RejectedItems? deadLetters, Backoff backoff, Pause pause,
    TimeProvider time, ILogger logger)
{
    private const int RejectionsLoggedAMinute = 5;

    /// <summary>Connections that a body loses, while the server answers everything else, before its size is taken for the reason.</summary>
    private const int LostConnections = 3;

    /// <summary>A request without an answer for this time counts as trouble, although it may still succeed.</summary>
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(10);

    private readonly string path = $"{stream.Name}/_bulk?{BulkAnswer.Filter}";
    private readonly Rollovers rollovers = new(server, stream, time, logger);
    private readonly Compression compression = new(server.Host, logger);
    private readonly RateLimitedLogger troubles = new(logger, time), rejections = new(logger, time, RejectionsLoggedAMinute);
    private long taken;

    /// <summary>Returns once all records of the body are settled, or at the deadline. Then the body has only those left that are not settled.</summary>
    /// <returns>Records that are not settled; 0 before the deadline.</returns>
    public async Task<int> SettleAsync(BulkBody body, CancellationToken deadline)
    {
        Parts parts = new(body) { Began = body.SentBefore ?? time.GetUtcNow() };
        if (body.SentBefore is not null) parts.Doubt(body);
        long takenBefore = Volatile.Read(ref taken);
        try
        {
            while (parts.Current is { } part) await SettlePartAsync(parts, part, takenBefore, deadline);
            return 0;
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            parts.Rejoin();
            return body.Count;
        }
        catch (Exception e)
        {
            // A fault of ours: without this line the records would leave no trace.
            logger.SendFailed(e, parts.Records);
            queue.CountLost(LossReason.WriteFailed, parts.Records);
            return 0;
        }
    }

    /// <summary>Returns when the part is settled, stands behind the others or has become two smaller ones.</summary>
    private async Task SettlePartAsync(Parts parts, BulkBody part, long takenBefore, CancellationToken deadline)
    {
        for (Trial trial = new(); parts.Current == part; trial.Attempt++)
        {
            await bootstrap.EnsureAsync(deadline);
            if (!await SettleWrittenAsync(parts, part, deadline))
            {
                await pause.WaitAsync(backoff.After(new SearchResponse(0, default), trial.Attempt), deadline);
                continue;
            }
            if (part.Count == 0) return;
            bool compressed = !(compression.IsOff || parts.ArePlain || parts.Suspected is not null);
            ReadOnlyMemory<byte> sent = compressed ? part.Pack() : part.Plain;
            state.CountRequest(sent.Length, again: trial.Attempt > 0 || parts.AreHalved);
            SearchResponse answer = await PostAsync(sent, compressed, deadline);
            if (answer.Status is 0 or 404 or >= 500) bootstrap.Doubt();
            trial.Lost = answer.IsConnectionLost ? trial.Lost + 1 : 0;

            BulkItem[] items = new BulkItem[part.Count];
            bool read = answer.IsSuccess && BulkAnswer.TryRead(answer.Body.Span, items);
            if (IsUnclear(answer, read ? items : null)) parts.Doubt(part);
            if (compression.Suspects(parts, answer, read, compressed)) continue;
            TimeSpan wait = read ? TakeItems(part, items, answer, trial) : Fail(parts, part, answer, trial, takenBefore);
            if (part.Count > 0 && parts.Current == part) await pause.WaitAsync(wait, deadline);
        }
    }

    /// <summary>The server may have records of the request that the response does not confirm. An item of the status 5xx may have reached the primary shard.</summary>
    private static bool IsUnclear(SearchResponse answer, BulkItem[]? items) =>
        items is null ? answer.IsSuccess || answer.Status is 0 or >= 500 : items.Any(item => item.Status >= 500);

    /// <summary>Settles what an earlier attempt, or another exporter that hears the same agents, wrote into an index that has rolled over since.</summary>
    /// <returns>False if an earlier attempt is unclear, and the server does not say what it has.</returns>
    private async Task<bool> SettleWrittenAsync(Parts parts, BulkBody part, CancellationToken deadline)
    {
        bool isUncertain = parts.IsUncertain(part);
        if (await rollovers.FindAsync(part, parts.Began, isUncertain, deadline) is not { } found) return !isUncertain;
        queue.CountAlreadyThere(found.Count);
        stats.Count(ItemOutcome.AlreadyThere, found.Count);
        if (found.Count > 0) part.Keep([.. Enumerable.Range(0, part.Count).Where(place => !found.Contains(place))]);
        parts.Clarify(part);
        return true;
    }

    private async Task<SearchResponse> PostAsync(ReadOnlyMemory<byte> body, bool compressed, CancellationToken deadline)
    {
        Task<SearchResponse> answer = server.BulkAsync(path, body, compressed, deadline);
        using CancellationTokenSource answered = new();
        if (await Task.WhenAny(answer, Task.Delay(Slow, time, answered.Token)) != answer)
            state.Refused($"{server.Host} has not answered a bulk request for {Duration.Format(Slow)}");
        await answered.CancelAsync();
        return await answer;
    }

    /// <summary>Settles what the answer settles; the rest stays, to be tried again after the wait.</summary>
    private TimeSpan TakeItems(BulkBody part, BulkItem[] items, SearchResponse answer, Trial trial)
    {
        ItemTally tally = new(items, trial.ConvictsDoubtful(Volatile.Read(ref taken)));
        foreach (ItemOutcome outcome in Enum.GetValues<ItemOutcome>()) stats.Count(outcome, tally[outcome]);
        Reject(part, tally.Rejected);
        part.Keep(tally.Again);
        if (tally.MayLackIndex) bootstrap.Doubt();
        trial.Learn(tally, tally.IsTaken ? Interlocked.Increment(ref taken) : Volatile.Read(ref taken));
        if (tally.IsTaken && tally.Refused is null) state.Up();
        else if (tally.Again.Count == 0) state.Refused($"{server.Host} rejects all {tally.Rejected.Count} records of a request");
        queue.CountWritten(tally[ItemOutcome.Created]);
        queue.CountAlreadyThere(tally[ItemOutcome.AlreadyThere]);

        if (tally.Refused is { } refused) return Refuse($"{refused}");
        if (tally.Later is { } later)
        {
            if (tally.IsTaken) troubles.PartAccepted(server.Host, $"{later}", queue.Waiting);
            else
            {
                state.Refused($"{server.Host} accepts no record of a bulk request: {later}");
                troubles.NoneAccepted(server.Host, $"{later}", queue.Waiting);
            }
        }
        return backoff.After(answer, trial.Attempt);
    }

    /// <summary>The request as a whole failed.</summary>
    private TimeSpan Fail(Parts parts, BulkBody part, SearchResponse answer, Trial trial, long takenBefore)
    {
        FaultOf fault = answer.Status == 400 ? RequestFault.Read(answer.Body) : FaultOf.Request;
        if (answer.Status == 413 || fault != FaultOf.Request || trial.Lost >= LostConnections && part.Count > 1) return Divide(parts, part, answer, fault, takenBefore);
        if (!answer.IsTransient && !answer.IsSuccess) return Refuse($"{answer}{answer.Excerpt}");
        TimeSpan delay = backoff.After(answer, trial.Attempt);
        if (answer.IsSuccess)
        {
            bootstrap.Doubt();
            state.Refused($"{server.Host} answers a bulk request with an unknown body");
            troubles.BulkNotUnderstood(server.Host, queue.Waiting, Duration.Rounded(delay));
        }
        else
        {
            state.Refused($"Bulk request to {server.Host} failed: {answer}");
            troubles.BulkFailed(server.Host, $"{answer}", queue.Waiting, Duration.Rounded(delay));
        }
        return delay;
    }

    /// <summary>The request is too large, or one of its documents spoils it: halves, until what is at fault stands alone.</summary>
    private TimeSpan Divide(Parts parts, BulkBody part, SearchResponse answer, FaultOf fault, long takenBefore)
    {
        (int records, int bytes) = (part.Count, part.Length);
        if (records > 1)
        {
            if (parts.TryHalve())
            {
                troubles.RequestDivided(server.Host, records, bytes, $"{answer}");
                return TimeSpan.Zero;
            }
            parts.AllowHalving();
            return Refuse($"{answer}, for small parts as well");
        }
        // A place that can't be read is this document's own fault only if others can be read.
        if (fault == FaultOf.Place && Volatile.Read(ref taken) == takenBefore)
            return parts.TryPostpone() ? TimeSpan.Zero : Refuse($"{answer}{answer.Excerpt}");
        stats.Count(ItemOutcome.Rejected, 1);
        Reject(part, [(0, RequestFault.ItemOf(answer))]);
        part.Clear();
        return TimeSpan.Zero;
    }

    /// <summary>These records are lost to the server. Their documents become dead letters.</summary>
    private void Reject(BulkBody part, List<(int Place, BulkItem Outcome)> items)
    {
        foreach ((int _, BulkItem item) in items) rejections.RecordRejected(server.Host, $"{item}");
        deadLetters?.Keep(part, items);
        queue.CountLost(LossReason.Rejected, items.Count);
    }

    /// <summary>Only a person can help: rights, credentials, a block, a proxy.</summary>
    private TimeSpan Refuse(string why)
    {
        state.Refused($"{server.Host} refuses records: {why}");
        troubles.RecordsRefused(server.Host, why, stream.Name, queue.Waiting, Duration.Format(Backoff.Longest));
        return Backoff.Longest;
    }
}
