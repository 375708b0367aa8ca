using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using SFlow.Exporter.Elasticsearch;
using SFlow.Exporter.Elasticsearch.Spool;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Tests.Store;

namespace SFlow.Exporter.Tests.Elasticsearch;

/// <summary>A spool in a folder of its own. Closing it here only gives the lock back, so that opening it again is what follows a kill.</summary>
internal sealed class SpoolFixture : IDisposable, ILogger
{
    private readonly bool ownsFolder;
    private int next;

    public SpoolFixture(long bytes = 1 << 30, double ageSeconds = 86_400, string? folder = null)
    {
        ownsFolder = folder is null;
        Folder = folder ?? Directory.CreateTempSubdirectory("spool-").FullName;
        Options = new ElasticsearchOptions { SpoolBytes = bytes, SpoolAge = TimeSpan.FromSeconds(ageSeconds), BulkBytes = 64 * 1024 };
        Clock = new SteppedClock(Time);
        Stats = new SpoolStats(Clock, bytes);
        Open();
    }

    public string Folder { get; }
    public ElasticsearchOptions Options { get; }
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2027, 3, 9, 8, 7, 6, TimeSpan.Zero));
    /// <summary>The clock of the spool: <see cref="Time"/>, and a time of day that can be set.</summary>
    public SteppedClock Clock { get; }

    public List<string> Logged { get; } = [];
    public SpoolStats Stats { get; private set; }
    public RecordQueue Queue { get; private set; } = new("elasticsearch", 1);
    public BodySpool Spool { get; private set; } = null!;
    public SpoolQueue Bodies { get; private set; } = null!;

    public string[] Files => [.. Directory.GetFiles(Folder, "*.spool").Order(StringComparer.Ordinal)];

    /// <summary>Counted as lost because of the spool, by reason.</summary>
    public (long Full, long Expired, long Damaged, long Deleted) Lost =>
        (Queue.Lost(LossReason.SpoolFull), Queue.Lost(LossReason.SpoolExpired), Queue.Lost(LossReason.SpoolDamaged), Queue.Lost(LossReason.SpoolDeleted));

    /// <summary>What a kill and a start of the program do: the counters begin at 0, and only the files are left.</summary>
    public void Reopen()
    {
        Spool.Dispose();
        Open();
    }

    /// <summary>A body of records with names of their own, whose content does not compress well.</summary>
    public BulkBody Body(int records)
    {
        BulkBody body = new(Options.BulkBytes);
        for (int i = 0; i < records; i++)
        {
            string noise = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(next)));
            Assert.True(body.TryAdd(Encoding.UTF8.GetBytes($"{{\"create\":{{\"_id\":\"{next++}\"}}}}\n{{\"noise\":\"{noise}\"}}\n")));
        }
        return body;
    }

    /// <summary>Appends a body with this many records, which are counted as queued.</summary>
    public bool Append(int records = 10)
    {
        BulkBody body = Body(records);
        Queue.CountFound(records);
        return Spool.TryAppend(body.Pack().Span, body.Length, body.Count);
    }

    /// <summary>Takes and settles everything.</summary>
    /// <returns>Numbers of the records, in their order.</returns>
    public List<int> TakeAll()
    {
        List<int> numbers = [];
        while (Spool.TryTake(out SpoolEntry entry))
        {
            numbers.AddRange(Numbers(entry.Unpack(Options.BulkBytes)!));
            Queue.CountWritten(entry.Header.Records);
            Spool.Settle(entry);
        }
        return numbers;
    }

    public static IEnumerable<int> Numbers(BulkBody body) =>
        Encoding.UTF8.GetString(body.Bytes).Split('\n').Where((_, index) => index % 2 == 0).Where(line => line.Length > 0)
            .Select(line => int.Parse(line.Split('"')[5], System.Globalization.CultureInfo.InvariantCulture));

    public void Dispose()
    {
        Spool.Dispose();
        if (ownsFolder && Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }

    private void Open()
    {
        (Queue, Stats) = (new RecordQueue("elasticsearch", 1), new SpoolStats(Clock, Options.SpoolBytes));
        Spool = new BodySpool(Folder, Options, Queue, Stats, Clock, this);
        Spool.Open();
        Bodies = new SpoolQueue(Spool, Options, Clock, this);
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (Logged) Logged.Add(formatter(state, exception));
    }
}
