using System.Globalization;
using SFlow.Exporter.Identify.Index;
using SFlow.Exporter.Identify.Resources;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify.Kubernetes;

/// <summary>
/// Watches one kind of objects: lists it once, watches from that version, and resumes after a break. It relists only after an expired
/// resource version (410). The previous objects stay in use until the new list is complete.
/// </summary>
internal sealed class ResourceWatch(
    KubernetesResource resource, IKubernetesApi api, ClusterIndex index, WatchStats figures, Action changed, WatchTiming timing, TimeProvider time, ILogger log)
{
    private readonly ResourceReader reader = new();
    private string? version;
    private bool listed, absent;

    public KubernetesResource Resource => resource;

    /// <summary>Whether all objects have been listed, or the kind is optional and unavailable.</summary>
    public bool Settled { get; private set; }

    /// <summary>The current error in one line; null while the watch works.</summary>
    public string? Fault { get; private set; }

    public async Task RunAsync(CancellationToken stop)
    {
        ApiFault? last = null;
        for (int failures = 0; ;)
        {
            long began = time.GetTimestamp();
            try
            {
                if (version is null) await ListAsync(stop);
                bool heard = await WatchAsync(stop);
                // A server that closes each watch at once must not be called without a delay.
                last = null;
                failures = heard || time.GetElapsedTime(began) > timing.FirstDelay ? 0 : failures + 1;
                if (failures > 0) await Task.Delay(timing.Delay(failures, null), time, stop);
            }
            catch (KubernetesException fault)
            {
                if (fault.Fault is ApiFault.Expired or ApiFault.Malformed) version = null;
                if (!resource.Installed && resource.CanDoWithout(fault.Fault))
                {
                    await AbsentAsync(fault, stop);
                    failures = 0;
                    continue;
                }
                // A watch that worked for a while starts a new count of failures. An expired token is not another failure: the new token may already
                // be there.
                failures = time.GetElapsedTime(began) > timing.LongestDelay || fault.Fault == ApiFault.Unauthorized && last != fault.Fault ? 0 : failures;
                last = fault.Fault;
                Report(fault);
                await Task.Delay(timing.Delay(failures++, fault.RetryAfter), time, stop);
            }
        }
    }

    /// <summary>The kind does not exist or may not be read. Neither is a fault: it may be installed or permitted later.</summary>
    private async Task AbsentAsync(KubernetesException fault, CancellationToken stop)
    {
        // A deleted kind removes its objects. After a lost permission, the last objects stay.
        if (listed && fault.Fault == ApiFault.NotFound) index.Replace(resource.Kind, []);
        version = null;
        if (!absent) log.ResourceAbsent(resource.Plural, resource.Group, fault.Message, Duration.Format(timing.AbsentDelay));
        absent = Settled = true;
        Fault = null;
        Synced();
        changed();
        await Task.Delay(timing.AbsentDelay, time, stop);
    }

    private async Task ListAsync(CancellationToken stop)
    {
        ObjectList list = await ObjectList.ReadAsync(resource, api, reader, timing.Patience, stop);
        index.Replace(resource.Kind, list.Facts);
        version = list.Version;
        if (listed) figures.Relisted();
        listed = Settled = true;
        absent = false;
        Synced();
        log.Listed(list.Facts.Count, resource.Plural);
        changed();
    }

    /// <summary>Watches until the API closes the stream, which it does regularly. Returns whether anything arrived.</summary>
    private async Task<bool> WatchAsync(CancellationToken stop)
    {
        int seconds = (int)(timing.Life.TotalSeconds * (1 + Random.Shared.NextDouble()));
        string path = string.Create(CultureInfo.InvariantCulture,
            $"{resource.Path}?watch=1&allowWatchBookmarks=true&resourceVersion={Uri.EscapeDataString(version!)}&timeoutSeconds={seconds}");
        await using Stream body = await OpenAsync(path, stop);
        if (Fault is not null) log.WatchResumed(resource.Plural);
        Fault = null;
        bool heard = false;
        await foreach (WatchEvent news in WatchStream.ReadAsync(body, timing.Silence, time, stop))
        {
            heard = true;
            Apply(news);
        }
        return heard;
    }

    /// <summary>Timeout of the headers of a watch, which arrive before any event.</summary>
    private async Task<Stream> OpenAsync(string path, CancellationToken stop)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(timing.Patience);
        try
        {
            return await api.GetAsync(path, resource.Accept(list: false), limit.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new KubernetesException(ApiFault.Silent, "no response in time");
        }
    }

    private void Apply(WatchEvent news)
    {
        KubernetesObject item = news.Object!;
        item.Kind = resource.Kind;
        if (item.Metadata.ResourceVersion is { Length: > 0 } next) version = next;
        if (news.Type == "DELETED") index.Remove(resource.Kind, new ObjectKey(item.Metadata.Namespace, item.Metadata.Name));
        else if (news.Type is "ADDED" or "MODIFIED" && reader.Read(item) is { } facts) index.Put(facts);
        Synced();
        if (news.Type != "BOOKMARK") changed();
    }

    private void Synced()
    {
        figures.Objects = index.Count(resource.Kind);
        figures.LastSync = time.GetUtcNow().ToUnixNanoseconds();
    }

    /// <summary>Counts a fault and logs it once, until it changes.</summary>
    private void Report(KubernetesException fault)
    {
        figures.Failed(fault.Fault);
        string verb = version is null ? "list" : "watch";
        string text = fault.Fault switch
        {
            ApiFault.Forbidden => $"the Kubernetes API forbids to {verb} {resource.Plural}; grant the verbs list and watch on {resource.Plural} of API group \"{resource.Group}\": {fault.Message}",
            ApiFault.Unauthorized => $"the Kubernetes API does not accept our token for {verb} {resource.Plural}; it is read again before the next try: {fault.Message}",
            _ => $"can't {verb} {resource.Plural} of the Kubernetes API: {fault.Message}",
        };
        if (fault.Fault == ApiFault.Forbidden && !resource.Required && !Settled)
        {
            Settled = true;
            changed();
        }
        // An expired version is normal. The next list repairs it.
        if (fault.Fault == ApiFault.Expired) log.Relisting(resource.Plural, fault.Message);
        else if (text != Fault) log.ResourceFailed(resource.Plural, text);
        Fault = text;
    }
}
