using Microsoft.Extensions.Logging;
using SFlow.Exporter.Identify;
using SFlow.Exporter.Identify.Explain;
using SFlow.Exporter.Identify.Index;
using SFlow.Exporter.Identify.Kubernetes;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.EndToEnd.Tests.Kubernetes;

/// <summary>Our side of the watch: index, book and a reader that asks for some addresses all the time.</summary>
internal sealed class FollowedCluster : IAsyncDisposable
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(60);
    private readonly IReadOnlyList<WatchStats> figures = KubernetesWatch.NewFigures();
    private readonly CancellationTokenSource ending = new();
    private readonly ILoggerFactory loggers;
    private readonly List<string> said = [];
    private Task reader = Task.CompletedTask;
    private long questions, wrong;

    /// <param name="api">Where to read from.</param>
    /// <param name="timing">Short times; null for brisk ones.</param>
    public FollowedCluster(IKubernetesApi api, WatchTiming? timing = null)
    {
        Index = new ClusterIndex(Registries, new IdentifyOptions(), new KubernetesOptions(), TimeProvider.System);
        Holder = new AddressBookHolder(Index.Publish());
        loggers = LoggerFactory.Create(logging => logging.AddProvider(new Lines(said)));
        Watch = new KubernetesWatch(api, Index, Holder, figures,
            timing ?? new WatchTiming { FirstDelay = TimeSpan.FromSeconds(0.2), LongestDelay = TimeSpan.FromSeconds(2) }, TimeProvider.System, loggers.CreateLogger<KubernetesWatch>());
    }

    public Registries Registries { get; } = new();
    public ClusterIndex Index { get; }
    public AddressBookHolder Holder { get; }
    public KubernetesWatch Watch { get; }
    public long Questions => Volatile.Read(ref questions);
    public long Wrong => Volatile.Read(ref wrong);
    public string Said { get { lock (said) return string.Join('\n', said); } }

    public WatchStats Figures(string kind) => figures.Single(one => one.Kind == kind);

    public async Task<FollowedCluster> StartAsync()
    {
        await Watch.StartAsync(CancellationToken.None);
        return this;
    }

    public async Task<FollowedCluster> UntilReadyAsync()
    {
        await UntilAsync(() => Watch.NotReadyBecause is null, () => Watch.NotReadyBecause ?? "");
        return this;
    }

    public FlowEndpoint At(string address) =>
        Address.TryParse(address, out Address parsed) ? Registries.Endpoints[Holder.Current.Find(parsed)] : throw new FormatException(address);

    public Explanation Explain(string address) =>
        Address.TryParse(address, out Address parsed) ? Index.Explain(parsed, null) : throw new FormatException(address);

    public Task UntilNamedAsync(string address, string? name) => UntilAsync(() => At(address).Name == name, () => $"{address} is {At(address)}, not {name}");

    /// <summary>From now on asks for these addresses without pause; each answer that is not the present one is counted as wrong.</summary>
    public void AskAllTheTime(params string[] addresses)
    {
        (Address, int)[] expected = [.. addresses.Select(text => (Address.TryParse(text, out Address address) ? address : default, At(text).Id))];
        reader = Task.Factory.StartNew(() =>
        {
            while (!ending.IsCancellationRequested)
            {
                AddressBook book = Holder.Current;
                foreach ((Address address, int endpoint) in expected)
                    if (book.Find(address) != endpoint) Interlocked.Increment(ref wrong);
                // 2 000 looks a second at most: the machine has other work, and a book lives 50 ms at least.
                if (Interlocked.Increment(ref questions) % 4 == 0) Thread.Sleep(2);
            }
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public static async Task UntilAsync(Func<bool> condition, Func<string> state)
    {
        for (long start = TimeProvider.System.GetTimestamp(); !condition(); await Task.Delay(20))
            Assert.True(TimeProvider.System.GetElapsedTime(start) < patience, state());
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await reader;
        await Watch.StopAsync(CancellationToken.None);
        Watch.Dispose();
        loggers.Dispose();
        ending.Dispose();
    }

    private sealed class Lines(List<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => true;
        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (lines) lines.Add($"{logLevel}: {formatter(state, exception)}");
        }

        public void Dispose()
        {
        }
    }
}
