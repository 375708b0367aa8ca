namespace SFlow.Exporter.Elasticsearch;

/// <summary>The waits between tries. The stop cuts them short: what is left has only the time until the deadline.</summary>
internal sealed class Pause(TimeProvider time) : IDisposable
{
    private static readonly TimeSpan LongestAtStop = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource stop = new();

    /// <summary>Ends the waits that run, and makes those to come short.</summary>
    public void Stop() => stop.Cancel();

    /// <exception cref="OperationCanceledException">The deadline came.</exception>
    public async Task WaitAsync(TimeSpan wait, CancellationToken deadline)
    {
        if (stop.IsCancellationRequested)
        {
            await Task.Delay(wait < LongestAtStop ? wait : LongestAtStop, time, deadline);
            return;
        }
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(stop.Token, deadline);
        try
        {
            await Task.Delay(wait, time, either.Token);
        }
        catch (OperationCanceledException) when (!deadline.IsCancellationRequested)
        {
            // The stop: the next try comes at once.
        }
    }

    public void Dispose() => stop.Dispose();
}
