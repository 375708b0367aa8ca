using System.Net;

namespace SFlow.Exporter.Http;

/// <summary>
/// Requests of one kind in progress, up to a maximum, because each may hold a large response until its client has read it. If all places
/// are in use, a new request takes the place of a client that does not read, of the address with the most places. Otherwise it gets
/// status 503 with Retry-After.
/// </summary>
internal sealed class InFlight(int maximum, HttpFigures figures, TimeProvider time)
{
    /// <summary>A client that reads nothing for this time can lose its place.</summary>
    public static readonly TimeSpan Stalled = TimeSpan.FromMilliseconds(500);

    /// <summary>Maximum wait for a place, in steps.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1), Step = TimeSpan.FromMilliseconds(50);

    private readonly Lock gate = new();
    private readonly List<Place> places = [];

    /// <summary>Requests in progress.</summary>
    public int Count { get { lock (gate) return places.Count; } }

    public async Task RunAsync(HttpContext context, RequestDelegate answer)
    {
        Place place = new(context, time);
        long began = time.GetTimestamp();
        while (!TryTake(place))
        {
            if (time.GetElapsedTime(began) >= Patience)
            {
                figures.Count(HttpRefusal.Busy);
                context.Response.Headers.RetryAfter = "1";
                await Problem.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, $"{maximum} requests of this kind are in progress already. Try again in a second.");
                return;
            }
            await Task.Delay(Step, context.RequestAborted);
        }
        try
        {
            context.Features.Set(place);
            await answer(context);
        }
        finally
        {
            lock (gate) places.Remove(place);
        }
    }

    /// <summary>The client has read a part of its response.</summary>
    public static void Progress(HttpContext context) => context.Features.Get<Place>()?.Touch();

    private bool TryTake(Place place)
    {
        Place? loser = null;
        lock (gate)
        {
            if (places.Count >= maximum)
            {
                loser = places.Where(other => other.IsStalled).GroupBy(other => other.Address).OrderByDescending(same => same.Count()).FirstOrDefault()?.MinBy(other => other.Since);
                if (loser is null) return false;
                places.Remove(loser);
            }
            places.Add(place);
        }
        if (loser is null) return true;
        figures.Count(HttpRefusal.Stalled);
        loser.Context.Abort();
        return true;
    }

    private sealed class Place
    {
        private readonly TimeProvider time;
        private long lastProgress;

        public Place(HttpContext context, TimeProvider time)
        {
            (Context, this.time, Since) = (context, time, time.GetTimestamp());
            context.Response.OnStarting(() =>
            {
                Touch();
                return Task.CompletedTask;
            });
        }

        public HttpContext Context { get; }
        public IPAddress? Address => Context.Connection.RemoteIpAddress;
        public long Since { get; }

        /// <summary>False while the response is being made.</summary>
        public bool IsStalled => Volatile.Read(ref lastProgress) is not 0 and long last && time.GetElapsedTime(last) > Stalled;

        public void Touch() => Volatile.Write(ref lastProgress, time.GetTimestamp());
    }
}
