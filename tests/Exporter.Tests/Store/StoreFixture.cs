using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using SFlow.Exporter.Http.Access;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Store;

namespace SFlow.Exporter.Tests.Store;

/// <summary>A store in a folder of its own, with a clock that the test moves.</summary>
internal sealed class StoreFixture : IDisposable
{
    private readonly RecordPool pool = new(512);
    private readonly bool ownsFolder;

    public StoreFixture(SampleFlows flows, Action<StoreOptions>? change = null, string? folder = null)
    {
        Flows = flows;
        ownsFolder = folder is null;
        Options = new StoreOptions { Folder = folder ?? Path.Combine(Path.GetTempPath(), $"sflow-store-{Guid.NewGuid():N}") };
        change?.Invoke(Options);
        Clock = new SteppedClock(Time);
        Store = new RecordStore(Options, flows.Registries, Figures, Clock, new Logger<RecordStore>(Logs));
    }

    public SampleFlows Flows { get; }
    public StoreOptions Options { get; }
    public StoreStats Figures { get; } = new();
    public FakeTimeProvider Time { get; } = new(DateTimeOffset.FromUnixTimeSeconds(1_800_000_000));

    /// <summary>The clock of the store: <see cref="Time"/>, and whatever it was set by.</summary>
    public SteppedClock Clock { get; }

    public LogLines Logs { get; } = new();
    public RecordStore Store { get; }
    public string DatabasePath => Path.Combine(Options.Folder, "records.db");

    /// <summary>Bytes of database and log, as the file system has them.</summary>
    public long BytesOnDisk => new[] { "", "-wal" }.Select(end => new FileInfo(DatabasePath + end)).Where(file => file.Exists).Sum(file => file.Length);

    public WriteResult Write(params Flow[] records) => Store.Write(Batches(records));

    public IReadOnlyList<RecordBatch> Batches(IEnumerable<Flow> records) =>
        [.. records.Chunk(512).Select(chunk =>
        {
            RecordBatch batch = pool.Rent();
            foreach (Flow record in chunk) batch.Add(record);
            batch.Hold(1);
            return batch;
        })];

    public RecordSearch Search(SearchLimits? limits = null) => new(Store, limits ?? new SearchLimits(), TimeProvider.System);

    /// <summary>Everything in the store, newest first.</summary>
    public async Task<List<StoredFlow>> AllAsync()
    {
        using RecordSearch search = Search();
        List<StoredFlow> all = [];
        for (long? before = null; ;)
        {
            SearchPage page = (await search.SearchAsync(new SearchQuery { Limit = 1000, Before = before }, Viewer.Everything, CancellationToken.None))!;
            all.AddRange(page.Flows);
            if (page.Next is null) return all;
            before = page.Next;
        }
    }

    public void Dispose()
    {
        Store.Dispose();
        if (ownsFolder && Directory.Exists(Options.Folder)) Directory.Delete(Options.Folder, recursive: true);
    }
}

/// <summary>What was logged, line by line.</summary>
internal sealed class LogLines : ILoggerFactory, ILogger
{
    private readonly System.Collections.Concurrent.ConcurrentQueue<string> lines = [];

    public IReadOnlyCollection<string> Lines => lines;

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) { }

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        lines.Enqueue($"{logLevel}: {formatter(state, exception)}");

    public void Dispose() { }
}
