using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SFlow.Exporter.Identify;
using SFlow.Exporter.Identify.Index;
using SFlow.Exporter.Identify.Kubernetes;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Identify;

/// <summary>What a watch does when the API misbehaves in ways that are hard to come by.</summary>
public sealed class WatchFaultTests : IAsyncDisposable
{
    private readonly IReadOnlyList<WatchStats> figures = KubernetesWatch.NewFigures();
    private readonly Registries names = new();
    private readonly AddressBookHolder holder;
    private readonly ClusterIndex index;
    private KubernetesWatch? watch;

    public WatchFaultTests()
    {
        index = new ClusterIndex(names, new IdentifyOptions(), new KubernetesOptions { RememberAddresses = 0 }, TimeProvider.System);
        holder = new AddressBookHolder(index.Publish());
    }

    private WatchStats Pods => figures.Single(kind => kind.Kind == "Pod");

    [Fact]
    public async Task A_list_that_breaks_between_its_pages_changes_nothing()
    {
        ScriptedApi api = new();
        api.Then(_ => ScriptedApi.List("", ScriptedApi.Pod("old", "10.128.0.9")))
            .Then(_ => ScriptedApi.List("two", ScriptedApi.Pod("new", "10.128.0.10")))
            .Then(_ => throw new KubernetesException(ApiFault.Expired, "the continue token is too old"))
            .Then(_ => ScriptedApi.List("", ScriptedApi.Pod("new", "10.128.0.10")));
        await StartAsync(api);
        await UntilAsync(() => Name("10.128.0.9") == "old");
        List<string?> seen = [];
        await api.SayAsync("""{"type":"ERROR","object":{"kind":"Status","status":"Failure","code":410,"message":"too old resource version"}}""");
        while (Pods.Relists == 0) { seen.Add(Name("10.128.0.9")); await Task.Delay(1); }
        Assert.All(seen, name => Assert.Equal("old", name));
        await UntilAsync(() => Name("10.128.0.9") is null && Name("10.128.0.10") == "new");
        Assert.Equal(2, Pods[ApiFault.Expired]);
    }

    [Fact]
    public async Task A_line_that_is_no_event_leads_to_a_new_list()
    {
        ScriptedApi api = new();
        api.Then(_ => ScriptedApi.List("", ScriptedApi.Pod("one", "10.128.0.9"))).Then(_ => ScriptedApi.List("", ScriptedApi.Pod("two", "10.128.0.9")));
        await StartAsync(api);
        await UntilAsync(() => Name("10.128.0.9") == "one");
        await api.SayAsync("""{"type":"MODIFIED","object":{"metadata":[]}}""");
        await UntilAsync(() => Name("10.128.0.9") == "two");
        Assert.Equal((1, 1), (Pods[ApiFault.Malformed], Pods.Relists));
    }

    [Fact]
    public async Task A_watch_that_ends_is_resumed_from_the_last_bookmark_without_a_list()
    {
        ScriptedApi api = new();
        api.Then(_ => ScriptedApi.List("", ScriptedApi.Pod("one", "10.128.0.9")));
        await StartAsync(api);
        await UntilAsync(() => api.Watch is not null);
        await api.SayAsync("""{"type":"BOOKMARK","object":{"kind":"Pod","metadata":{"resourceVersion":"a b&77"}}}""");
        await api.Watch!.CompleteAsync();
        await UntilAsync(() => { lock (api.Asked) return api.Asked.Count == 3; });
        Assert.Contains("resourceVersion=a%20b%2677&", api.Asked[2], StringComparison.Ordinal);
        Assert.Equal(0, Pods.Relists);
    }

    /// <summary>After a long outage the waits are long; a token that ran out meanwhile is no reason for one more of these.</summary>
    [Fact]
    public async Task A_token_that_ran_out_in_an_outage_costs_one_short_wait()
    {
        FakeTimeProvider clock = new();
        ScriptedApi api = new();
        for (int refused = 0; refused < 9; refused++) api.Then(_ => throw new KubernetesException(ApiFault.Connection, "connection refused"));
        api.Then(_ => throw new KubernetesException(ApiFault.Unauthorized, "HTTP 401")).Then(_ => ScriptedApi.List("", ScriptedApi.Pod("one", "10.128.0.9")));
        await StartAsync(api, new WatchTiming(), clock);
        await AdvanceAsync(clock, TimeSpan.FromSeconds(30), TimeSpan.FromMilliseconds(2), () => Pods[ApiFault.Unauthorized] == 1);
        DateTimeOffset outage = clock.GetUtcNow();
        await AdvanceAsync(clock, TimeSpan.FromSeconds(0.8), TimeSpan.FromMilliseconds(100), () => Pods.Objects == 1);
        Assert.InRange((clock.GetUtcNow() - outage).TotalSeconds, 0, 4);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Kinds_of_networks_that_are_not_there_disturb_nothing(bool installedButForbidden)
    {
        ApiFault fault = installedButForbidden ? ApiFault.Forbidden : ApiFault.NotFound;
        bool installed = false;
        ScriptedApi api = new() { Refuse = path => !installed && (path.Contains("k8s.cni.cncf.io/v1", StringComparison.Ordinal) || path.Contains("k8s.ovn.org/v1", StringComparison.Ordinal)) ? fault : null };
        api.Then(_ => ScriptedApi.List("", ScriptedApi.Pod("one", "10.128.0.9")));
        await StartAsync(api, Quick with { AbsentDelay = TimeSpan.FromMilliseconds(20) }, TimeProvider.System);
        await UntilAsync(() => watch!.NotReadyBecause is null && Name("10.128.0.9") == "one");
        WatchStats[] networks = [.. figures.Where(kind => kind.Kind is "NetworkAttachmentDefinition" or "UserDefinedNetwork" or "ClusterUserDefinedNetwork")];
        Assert.Equal(3, networks.Length);
        Assert.All(networks, kind => Assert.All(Enum.GetValues<ApiFault>(), reason => Assert.Equal(0, kind[reason])));
        installed = true;
        await UntilAsync(() => { lock (api.Followed) return api.Followed.Count(path => path.Contains("k8s.ovn.org/v1", StringComparison.Ordinal)) == 2; });
    }

    [Theory]
    [InlineData("Pod")]
    [InlineData("Namespace")]
    public async Task Kinds_that_every_cluster_has_are_missed_when_they_are_not_there(string kind)
    {
        string plural = Exporter.Identify.Kubernetes.KubernetesResource.All.Single(resource => resource.Kind == kind).Plural;
        ScriptedApi api = new() { Refuse = path => path.Contains($"/{plural}?", StringComparison.Ordinal) ? ApiFault.NotFound : null };
        api.Then(_ => ScriptedApi.List("", ScriptedApi.Pod("one", "10.128.0.9")));
        await StartAsync(api);
        await UntilAsync(() => figures.Single(one => one.Kind == kind)[ApiFault.NotFound] > 0);
        Assert.NotNull(watch!.NotReadyBecause);
    }

    [Theory]
    [InlineData(0, 0.8)]
    [InlineData(1, 1.6)]
    [InlineData(3, 6.4)]
    [InlineData(9, 30)]
    [InlineData(1000, 30)]
    public void Waits_grow_from_the_first_to_the_longest_and_are_spread(int failures, double ceiling)
    {
        WatchTiming timing = new();
        double[] waits = [.. Enumerable.Range(0, 500).Select(_ => timing.Delay(failures, null).TotalSeconds)];
        Assert.All(waits, wait => Assert.InRange(wait, 0.8, ceiling));
        if (ceiling > 1) Assert.True(waits.Max() - waits.Min() > (ceiling - 0.8) / 2);
        Assert.True(timing.Delay(failures, TimeSpan.FromSeconds(45)).TotalSeconds >= 45);
    }

    public async ValueTask DisposeAsync()
    {
        if (watch is null) return;
        await watch.StopAsync(CancellationToken.None);
        watch.Dispose();
    }

    private static WatchTiming Quick { get; } = new() { FirstDelay = TimeSpan.FromMilliseconds(50), LongestDelay = TimeSpan.FromMilliseconds(200), Gather = TimeSpan.FromMilliseconds(5) };

    private Task StartAsync(ScriptedApi api) => StartAsync(api, Quick, TimeProvider.System);

    private Task StartAsync(ScriptedApi api, WatchTiming timing, TimeProvider time)
    {
        watch = new KubernetesWatch(api, index, holder, figures, timing, time, NullLogger<KubernetesWatch>.Instance);
        return watch.StartAsync(CancellationToken.None);
    }

    /// <summary>Moves the clock on in steps until something is so, and gives what waits for it a moment after each.</summary>
    private static Task AdvanceAsync(FakeTimeProvider clock, TimeSpan step, TimeSpan moment, Func<bool> condition) => UntilAsync(() =>
    {
        if (condition()) return true;
        clock.Advance(step);
        Thread.Sleep(moment);
        return condition();
    });

    private string? Name(string address) => names.Endpoints[holder.Current.Find(Cluster.Address(address))].Name;

    private static async Task UntilAsync(Func<bool> condition)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(20));
        while (!condition()) await Task.Delay(5, patience.Token);
    }
}
