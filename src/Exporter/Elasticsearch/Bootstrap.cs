using SFlow.Exporter.Elasticsearch.Setup;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Elasticsearch;

/// <summary>
/// Makes the server ready for our documents before it gets the first one: a record that comes before its template would make an index
/// with guessed types. Steps that are done already are skipped, so that it is cheap to do again after a failure. Where an administrator does the
/// setup, it only waits until the server answers.
/// </summary>
internal sealed class Bootstrap(
    ISearchTransport server, StreamName stream, SetupSteps? setup, SinkState state, Backoff backoff, Pause pause, TimeProvider time, ILogger logger) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1);
    private readonly RateLimitedLogger troubles = new(logger, time);
    private int doubts = 1, settled;
    private bool said;

    private bool IsReady => Volatile.Read(ref settled) == Volatile.Read(ref doubts);

    /// <summary>The server was away: it may come back as another one, or empty. A check that runs already does not settle this.</summary>
    public void Doubt() => Interlocked.Increment(ref doubts);

    /// <summary>Returns once all is in place; tries until then.</summary>
    public async ValueTask EnsureAsync(CancellationToken deadline)
    {
        if (IsReady) return;
        await gate.WaitAsync(deadline);
        try
        {
            for (int attempt = 0; !IsReady; attempt++)
            {
                int asked = Volatile.Read(ref doubts);
                try
                {
                    await (setup is not null ? setup.RunAsync(deadline) : AwaitAnswerAsync(deadline));
                    Volatile.Write(ref settled, asked);
                    state.Ready();
                }
                catch (StepException e)
                {
                    state.Down($"{server.Host} is not ready for records, which wait. {e.Message}");
                    troubles.NotReady(server.Host, e.Message);
                    await pause.WaitAsync(Wait(e.SearchResponse, attempt), deadline);
                }
            }
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    private TimeSpan Wait(SearchResponse answer, int attempt) => answer.HasOther || answer.IsTransient ? backoff.After(answer, attempt) : Backoff.Longest;

    /// <summary>Any answer will do, a refusal too: a key that may only write has no right to ask what the server is.</summary>
    private async Task AwaitAnswerAsync(CancellationToken deadline)
    {
        SearchResponse root = await server.GetAsync("", deadline);
        if (root.Status == 0) throw new StepException("Ask the server what it is", root);
        if (!said) logger.ReadyWithoutSetup(stream.Name, server.Host);
        said = true;
    }
}
