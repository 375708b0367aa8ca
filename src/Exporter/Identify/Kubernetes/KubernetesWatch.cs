using System.Threading.Channels;
using SFlow.Exporter.Identify.Index;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify.Kubernetes;

/// <summary>
/// Watches the cluster and updates the address book: changes are collected for a moment, then a new book is published.
/// Ready once all kinds have been listed.
/// </summary>
internal sealed class KubernetesWatch : BackgroundService, IReadiness
{
    /// <summary>Interval to expire previous owners, even without changes.</summary>
    private static readonly TimeSpan LongestQuiet = TimeSpan.FromSeconds(30);

    private readonly IKubernetesApi api;
    private readonly ClusterIndex index;
    private readonly AddressBookHolder holder;
    private readonly WatchTiming timing;
    private readonly TimeProvider time;
    private readonly ResourceWatch[] watches;
    private readonly Channel<bool> changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private volatile bool published;

    public KubernetesWatch(
        IKubernetesApi api, ClusterIndex index, AddressBookHolder holder, IReadOnlyList<WatchStats> figures, WatchTiming timing, TimeProvider time, ILogger<KubernetesWatch> log)
    {
        (this.api, this.index, this.holder, this.timing, this.time) = (api, index, holder, timing, time);
        watches = [.. KubernetesResource.All.Select(resource =>
            new ResourceWatch(resource, api, index, figures.First(kind => kind.Kind == resource.Kind), () => changes.Writer.TryWrite(true), timing, time, log))];
    }

    public string? NotReadyBecause => published ? null
        : watches.FirstOrDefault(watch => !watch.Settled && watch.Fault is not null)?.Fault
        ?? $"{string.Join(", ", watches.Where(watch => !watch.Settled).Select(watch => watch.Resource.Plural))} of the Kubernetes API are not listed yet";

    public static IReadOnlyList<WatchStats> NewFigures() => [.. KubernetesResource.All.Select(resource => new WatchStats(resource.Kind))];

    public override void Dispose()
    {
        api.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        List<Task> tasks = [.. watches.Select(watch => Task.Run(() => watch.RunAsync(ending.Token), ending.Token)), PublishAsync(ending.Token)];
        // No watch completes by itself: the first one that does has failed, and stops the others.
        Task first = await Task.WhenAny(tasks);
        await ending.CancelAsync();
        await Task.WhenAll(tasks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!stoppingToken.IsCancellationRequested) await first;
    }

    private async Task PublishAsync(CancellationToken stop)
    {
        while (true)
        {
            try
            {
                await changes.Reader.ReadAsync(stop).AsTask().WaitAsync(LongestQuiet, time, stop);
            }
            catch (TimeoutException)
            {
                // Nothing changed except the time.
            }
            await Task.Delay(timing.Gather, time, stop);
            if (!watches.All(watch => watch.Settled)) continue;
            holder.Current = index.Publish();
            // The first list leaves much more garbage than live objects, and no request is waiting yet.
            if (!published) GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            published = true;
        }
    }
}
