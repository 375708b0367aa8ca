using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Ship;

/// <summary>
/// Sends bodies and settles each of their records: written, already there, or lost. What may do later is tried until it does or the deadline
/// passes; a record that can never be accepted is counted and leaves the rest alone. Several bodies may be on their way at once.
/// </summary>
internal sealed class BulkSender(SearchServer server, Bootstrap bootstrap, StreamName stream, RecordQueue queue, TimeProvider time, ILogger logger)
{
    private const int RejectionsLoggedAMinute = 5;

    private readonly string path = $"{stream.Name}/_bulk?{BulkAnswer.Filter}";
    private readonly QuietLog troubles = new(logger, time), rejections = new(logger, time, RejectionsLoggedAMinute);

    /// <summary>Returns once all records of the body are settled, with the body empty.</summary>
    /// <param name="body">The body.</param>
    /// <param name="deadline">When it comes, what is left is lost.</param>
    public async Task SettleAsync(BulkBody body, CancellationToken deadline)
    {
        try
        {
            for (int attempt = 0; body.Count > 0; attempt++)
            {
                await bootstrap.EnsureAsync(deadline);
                Answer answer = await server.PostBulkAsync(path, body.Pack(), deadline);
                TimeSpan wait = await TakeAsync(body, answer, attempt, deadline);
                if (body.Count > 0) await Task.Delay(wait, time, deadline);
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            queue.CountLost(LossReason.Shutdown, body.Count);
            body.Clear();
        }
    }

    /// <summary>Settles what the answer settles; what stays in the body is to be tried again after the wait.</summary>
    private async Task<TimeSpan> TakeAsync(BulkBody body, Answer answer, int attempt, CancellationToken deadline)
    {
        TimeSpan wait = Backoff.Delay(attempt, answer.RetryAfter, Random.Shared.NextDouble());
        if (answer.IsSuccess)
        {
            if (!TakeItems(body, answer)) troubles.Warning($"{server.Host} answers a bulk request with something else; {queue.Waiting} records wait");
        }
        else if (answer.Status is 400 or 413)
        {
            await HalveAsync(body, answer, deadline);
        }
        else if (answer.IsTransient)
        {
            if (answer.Status == 0) bootstrap.Doubt();
            troubles.Warning($"{server.Host} takes no records now: {answer}; {queue.Waiting} records wait");
        }
        else
        {
            wait = Backoff.Refused;
            troubles.Error(null, $"{server.Host} refuses records: {answer}. Check credentials and rights (create_doc, auto_configure on {stream.Name}); "
                + $"{queue.Waiting} records wait, the next try is in {wait.TotalSeconds} s");
        }
        return wait;
    }

    private bool TakeItems(BulkBody body, Answer answer)
    {
        BulkItem[] items = new BulkItem[body.Count];
        if (!BulkAnswer.TryRead(answer.Body.Span, items)) return false;
        int written = 0, alreadyThere = 0, rejected = 0;
        List<int> again = [];
        for (int i = 0; i < items.Length; i++)
        {
            if (items[i].IsWritten) written++;
            else if (items[i].IsAlreadyThere) alreadyThere++;
            else if (items[i].IsTransient) again.Add(i);
            else
            {
                rejected++;
                rejections.Warning($"{server.Host} rejects a record: status {items[i].Status}, {ErrorType(items[i])}");
            }
        }
        body.Keep(again);
        queue.CountWritten(written);
        queue.CountAlreadyThere(alreadyThere);
        queue.CountLost(LossReason.Rejected, rejected);
        if (again.Count > 0) troubles.Warning($"{server.Host} takes only a part of the records now: status {items[again[0]].Status}, {ErrorType(items[again[0]])}");
        return true;
    }

    /// <summary>The request is too large, or something in it is taken for no request at all: halves, until what is at fault stands alone.</summary>
    private async Task HalveAsync(BulkBody body, Answer answer, CancellationToken deadline)
    {
        if (body.Count == 1)
        {
            rejections.Warning($"{server.Host} rejects a record: {answer}");
            queue.CountLost(LossReason.Rejected, 1);
            body.Clear();
            return;
        }
        troubles.Warning($"{server.Host} does not take {body.Count} records of {body.Length} bytes in one request: {answer}; smaller ones follow");
        (BulkBody first, BulkBody second) = body.Halve();
        body.Clear();
        await SettleAsync(first, deadline);
        await SettleAsync(second, deadline);
    }

    private static string ErrorType(BulkItem item) => item.ErrorType ?? "no error type";
}
