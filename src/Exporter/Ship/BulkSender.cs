using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Ship;

/// <summary>
/// Sends bodies and settles each of their records: written, already there, or lost. What may do later is tried until it does or the deadline
/// passes; a record that can never be accepted is counted and leaves the rest alone. Several bodies may be on their way at once.
/// </summary>
internal sealed class BulkSender(
    SearchServer server, Bootstrap bootstrap, StreamName stream, RecordQueue queue, SinkState state, Pause pause, TimeProvider time, ILogger logger)
{
    private const int RejectionsLoggedAMinute = 5;

    /// <summary>Connections that a body loses, while the server answers everything else, before its size is taken for the reason.</summary>
    private const int LostConnections = 3;

    private readonly string path = $"{stream.Name}/_bulk?{BulkAnswer.Filter}";
    private readonly QuietLog troubles = new(logger, time), rejections = new(logger, time, RejectionsLoggedAMinute);

    /// <summary>Returns once all records of the body are settled, with the body empty.</summary>
    /// <param name="body">The body.</param>
    /// <param name="deadline">When it comes, what is left is lost.</param>
    public async Task SettleAsync(BulkBody body, CancellationToken deadline)
    {
        Parts parts = new(body);
        try
        {
            while (parts.Current is { } part) await SettlePartAsync(parts, part, deadline);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            queue.CountLost(LossReason.Shutdown, parts.Records);
            parts.Clear();
        }
    }

    /// <summary>Returns when the part is settled or has become two smaller ones.</summary>
    private async Task SettlePartAsync(Parts parts, BulkBody part, CancellationToken deadline)
    {
        int lost = 0;
        for (int attempt = 0; parts.Current == part; attempt++)
        {
            await bootstrap.EnsureAsync(deadline);
            byte[] packed = part.Pack();
            state.CountRequest(packed.Length, again: attempt > 0 || parts.AreHalved);
            Answer answer = await server.PostBulkAsync(path, packed, deadline);
            if (answer.Status is 0 or 404 or >= 500) bootstrap.Doubt();
            lost = answer.IsConnectionLost ? lost + 1 : 0;

            bool tooLarge = answer.Status == 413 || lost >= LostConnections && part.Count > 1;
            TimeSpan wait = answer.IsSuccess ? TakeItems(part, answer, attempt)
                : tooLarge || answer.Status == 400 && RequestFault.NamesDocument(answer.Body) ? Divide(parts, part, answer)
                : Trouble(answer, attempt);
            if (part.Count > 0 && parts.Current == part) await pause.WaitAsync(wait, deadline);
        }
    }

    /// <summary>Settles what the answer settles; the rest stays, to be tried again after the wait.</summary>
    private TimeSpan TakeItems(BulkBody body, Answer answer, int attempt)
    {
        TimeSpan wait = Backoff.Delay(attempt, answer.RetryAfter, Random.Shared.NextDouble());
        BulkItem[] items = new BulkItem[body.Count];
        if (!BulkAnswer.TryRead(answer.Body.Span, items))
        {
            bootstrap.Doubt();
            Warn($"{server.Host} answers a bulk request with something else");
            return wait;
        }
        int written = 0, alreadyThere = 0, rejected = 0;
        BulkItem? later = null, refused = null;
        List<int> again = [];
        for (int i = 0; i < items.Length; i++)
        {
            if (items[i].IsWritten) written++;
            else if (items[i].IsAlreadyThere) alreadyThere++;
            else if (items[i].IsRejected)
            {
                rejected++;
                rejections.Warning($"{server.Host} rejects a record: {items[i]}");
            }
            else
            {
                again.Add(i);
                if (items[i].IsRefused) refused = items[i];
                else later = items[i];
                if (items[i].MayLackIndex) bootstrap.Doubt();
            }
        }
        body.Keep(again);
        queue.CountWritten(written);
        queue.CountAlreadyThere(alreadyThere);
        queue.CountLost(LossReason.Rejected, rejected);
        if (refused is { } item) return Refuse($"{item}");
        if (items.Length > again.Count) state.Up();
        if (later is null) return wait;
        string message = $"{server.Host} takes only a part of the records now: {later}";
        if (items.Length == again.Count) Warn(message);
        else troubles.Warning(message);
        return wait;
    }

    private TimeSpan Trouble(Answer answer, int attempt)
    {
        if (!answer.IsTransient) return Refuse($"{answer}");
        Warn($"{server.Host} takes no records now: {answer}");
        return Backoff.Delay(attempt, answer.RetryAfter, Random.Shared.NextDouble());
    }

    /// <summary>Only a person can help: rights, credentials, a block, a proxy.</summary>
    private TimeSpan Refuse(string why)
    {
        string message = $"{server.Host} refuses records: {why}";
        state.Down(message);
        troubles.Error(null, $"{message}. Check the URL, credentials, rights (create_doc, auto_configure on {stream.Name}) and blocks; "
            + $"{queue.Waiting} records wait, the next try is in {Backoff.Refused.TotalSeconds} s");
        return Backoff.Refused;
    }

    private void Warn(string message)
    {
        state.Down(message);
        troubles.Warning($"{message}; {queue.Waiting} records wait");
    }

    /// <summary>The request is too large, or one of its documents spoils it: halves, until what is at fault stands alone.</summary>
    private TimeSpan Divide(Parts parts, BulkBody part, Answer answer)
    {
        if (part.Count == 1)
        {
            rejections.Warning($"{server.Host} rejects a record: {answer}");
            queue.CountLost(LossReason.Rejected, 1);
            part.Clear();
        }
        else if (parts.TryHalve())
        {
            troubles.Warning($"{server.Host} does not take {part.Count} records of {part.Length} bytes in one request: {answer}; smaller ones follow");
        }
        else
        {
            parts.AllowHalving();
            return Refuse($"{answer}, for small parts as well");
        }
        return TimeSpan.Zero;
    }
}
