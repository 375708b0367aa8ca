using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using SFlow.Exporter.Count;
using SFlow.Exporter.Count.Families;
using SFlow.Exporter.History;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Store;
using SFlow.Exporter.Tests.Store;

namespace SFlow.Exporter.Tests.History;

/// <summary>One process with a history: a family that counts, the store, and a clock that the test moves.</summary>
internal sealed class HistoryFixture : IDisposable
{
    /// <summary>Midnight, in seconds of Unix time.</summary>
    public const long Midnight = 1_800_057_600;

    private readonly bool ownsFolder;
    private readonly FamilySet families;
    private readonly CountStage worker;

    public HistoryFixture(string? folder = null, Action<StoreOptions>? change = null, int maximumNames = HistoryNaming.Most, DateTimeOffset? start = null)
    {
        ownsFolder = folder is null;
        Options = new StoreOptions { Folder = folder ?? Path.Combine(Path.GetTempPath(), $"sflow-history-{Guid.NewGuid():N}") };
        change?.Invoke(Options);
        Time = new FakeTimeProvider(start ?? DateTimeOffset.FromUnixTimeSeconds(Midnight));
        Clock = new SteppedClock(Time);
        Family = FamilySet.NewHistory(Names, Options.HistoryKeys, 0);
        families = new FamilySet(Family);
        worker = families.NewStage();
        Store = new RecordStore(Options, Names, new StoreStats(), Clock, new Logger<RecordStore>(Logs));
        Store.Open();
        Writer = new HistoryWriter(Store, new HistoryNaming(Names, maximumNames), Options, Stats, new Logger<HistoryWriter>(Logs));
        Minutes = new MinuteCut(Family, Clock);
        Minutes.Begin();
    }

    public Registries Names { get; } = new();
    public Family<HistoryFamily> Family { get; }
    public StoreOptions Options { get; }
    public FakeTimeProvider Time { get; }
    public SteppedClock Clock { get; }
    public RecordStore Store { get; }
    public HistoryWriter Writer { get; }
    public HistoryStats Stats { get; } = new();
    public MinuteCut Minutes { get; }
    public LogLines Logs { get; } = new();
    public string DatabasePath => Path.Combine(Options.Folder, StoreFolder.DatabaseName);

    /// <summary>A host: a workload of a namespace on a node.</summary>
    public int Host(string space, string workload, string node = "node-1") => Names.Endpoints.Intern(new FlowEndpoint
    {
        Kind = EndpointKind.Pod, Label = space, Namespace = space, Name = $"{workload}-{node}", OwnerKind = "Deployment", OwnerName = workload, NodeName = node, Zone = "zone-a",
    }).Id;

    public int Service(string name) => Names.Services.Intern(name);

    /// <summary>Counts one sample.</summary>
    public void Count(int source, int destination, int service = 0, uint length = 100, uint rate = 1, bool nodePort = false) => worker.Process(
    [
        new Flow
        {
            SourceEndpoint = source, DestinationEndpoint = destination, ServerService = service, FrameLength = length, SamplingRate = rate, Counted = true,
            SourceRole = nodePort ? PortRole.NodePort : default,
        },
    ]);

    /// <summary>Lets a second pass for the choice of the heavy keys.</summary>
    public void Balance(long steady) => families.Balance(steady, 0);

    /// <summary>Lets time pass, and writes the minute if it is over. Returns it.</summary>
    public HistoryMinute? Pass(double seconds = 60)
    {
        Time.Advance(TimeSpan.FromSeconds(seconds));
        if (Minutes.TryCut() is not { } minute) return null;
        Writer.Write([minute]);
        return minute;
    }

    /// <summary>All windows of a resolution.</summary>
    public ReadHistory Read(HistoryResolution resolution = HistoryResolution.Minute, long from = 0, long to = long.MaxValue)
    {
        using IHistorySnapshot snapshot = new HistoryReader(Store).Open();
        ReadHistory read = new(snapshot.Names, snapshot.Coverage(resolution));
        snapshot.Scan(resolution, from, to, read, CancellationToken.None);
        return read;
    }

    public void Dispose()
    {
        Store.Dispose();
        if (ownsFolder && Directory.Exists(Options.Folder)) Directory.Delete(Options.Folder, recursive: true);
    }
}

/// <summary>What a scan gave, by names.</summary>
internal sealed class ReadHistory(HistoryNames names, HistoryCoverage? coverage) : IHistoryVisitor
{
    public HistoryNames Names => names;
    public HistoryCoverage? Coverage => coverage;
    public List<HistoryWindow> Windows { get; } = [];

    /// <summary>Bytes, packets and samples by window, names of both hosts, service and node port.</summary>
    public Dictionary<(long Start, string Source, string Destination, string? Service, bool NodePort), (ulong Bytes, ulong Packets, ulong Samples)> Rows { get; } = [];

    public HistorySums Total { get; private set; }
    public HistorySums Unnamed { get; private set; }

    public void Visit(in HistoryWindow window, ReadOnlySpan<HistoryRow> rows)
    {
        Windows.Add(window);
        Unnamed = Plus(Unnamed, window.Unnamed);
        Total = Plus(Total, window.Unnamed);
        foreach (ref readonly HistoryRow row in rows)
        {
            Total = Plus(Total, row.Sums);
            (long, string, string, string?, bool) key = (window.Start, NameOf(row.Source), NameOf(row.Destination), names.Services[row.Service], row.IsNodePort);
            (ulong bytes, ulong packets, ulong samples) = Rows.GetValueOrDefault(key);
            Rows[key] = (bytes + row.Sums.Bytes, packets + row.Sums.Packets, samples + row.Sums.Samples);
        }
    }

    private string NameOf(int id) => names.Hosts[id] is { } host ? $"{host.Label}/{host.OwnerName}/{host.NodeName}" : throw new InvalidOperationException($"host {id} has no name");

    private static HistorySums Plus(HistorySums one, in HistorySums other)
    {
        one.Add(other);
        return one;
    }
}
