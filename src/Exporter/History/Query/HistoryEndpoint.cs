using SFlow.Exporter.Http;
using SFlow.Exporter.Http.Access;

namespace SFlow.Exporter.History.Query;

/// <summary>What reading the history may cost, and how many may read at once.</summary>
internal sealed record HistoryLimits
{
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(10);
    public int Concurrent { get; init; } = 2;

    /// <summary>How long a request waits for its turn before it is refused. A picture of the page needs a dozen answers.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);
}

/// <summary><c>GET /api/series</c> and <c>GET /api/top</c>: sums of the history by group, with steps or without.</summary>
internal sealed class HistoryEndpoint(IHistory history, HistoryLimits limits, TimeProvider time, ILogger<HistoryEndpoint> logger) : IDisposable
{
    private readonly SemaphoreSlim running = new(limits.Concurrent);

    public static readonly ApiDescription Series = Describe("series", "Traffic over time by group.", HistoryParameters.OfSeries, ApiContent.Json(HistoryJson.Default.SeriesAnswer));
    public static readonly ApiDescription Top = Describe("top", "Traffic of a range by group.", HistoryParameters.OfTop, ApiContent.Json(HistoryJson.Default.TopAnswer));

    public Task AnswerSeriesAsync(HttpContext context) => AnswerAsync(context, hasSteps: true);

    public Task AnswerTopAsync(HttpContext context) => AnswerAsync(context, hasSteps: false);

    /// <summary>The answer where no history is kept.</summary>
    public static Task AnswerDisabledAsync(HttpContext context) =>
        Problem.WriteAsync(context, StatusCodes.Status404NotFound, "This exporter keeps no history. Start it with --store true and --history true.");

    public void Dispose() => running.Dispose();

    private async Task AnswerAsync(HttpContext context, bool hasSteps)
    {
        DateTimeOffset now = time.GetUtcNow();
        context.Response.Headers.CacheControl = "no-store";
        if (HistoryParameters.Parse(context.Request.Query, hasSteps, now, out ParameterFault? fault) is not { } query)
        {
            await fault!.WriteAsync(context);
            return;
        }
        if (await ReadAsync(context, query, now) is not { } answer) return;
        if (answer is SeriesAnswer series) await JsonResponse.WriteAsync(context, series, HistoryJson.Default.SeriesAnswer);
        else await JsonResponse.WriteAsync(context, (TopAnswer)answer, HistoryJson.Default.TopAnswer);
    }

    /// <summary>Null when the answer is given already.</summary>
    private async Task<HistoryAnswer?> ReadAsync(HttpContext context, HistoryQuery query, DateTimeOffset now)
    {
        Viewer viewer = Viewer.Of(context);
        if (!await running.WaitAsync(limits.Patience, context.RequestAborted))
        {
            await RefuseAsync(context, StatusCodes.Status429TooManyRequests, 1, "Too many requests read the history at once. Try again in a second.");
            return null;
        }
        using CancellationTokenSource late = new(limits.Time, time);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(late.Token, context.RequestAborted);
        try
        {
            // SQLite blocks, so it gets a thread of its own.
            return await Task.Factory.StartNew(() => Read(query, viewer, now, stop.Token), stop.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, 5, $"The history was not read within {limits.Time.TotalSeconds:0} seconds. Choose a shorter range or a longer step.");
        }
        catch (HistoryUnavailableException fault)
        {
            logger.HistoryUnread(fault.Message);
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, 5, fault.Message);
        }
        finally
        {
            running.Release();
        }
        return null;
    }

    private HistoryAnswer Read(HistoryQuery query, Viewer viewer, DateTimeOffset now, CancellationToken cancellation)
    {
        using IHistorySnapshot snapshot = history.Open();
        return new HistoryQueryReader(snapshot, query, viewer, now.ToUnixTimeSeconds()).Read(cancellation);
    }

    private static Task RefuseAsync(HttpContext context, int status, int seconds, string detail)
    {
        context.Response.Headers.RetryAfter = $"{seconds}";
        return Problem.WriteAsync(context, status, detail);
    }

    private static ApiDescription Describe(string id, string summary, IReadOnlyList<ApiParameter> parameters, ApiContent content) => new(id, summary, parameters, content)
    {
        Refusals = [StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status429TooManyRequests, StatusCodes.Status503ServiceUnavailable],
    };
}
