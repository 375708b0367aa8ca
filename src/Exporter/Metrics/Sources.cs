using SFlow.Exporter.Agents;
using SFlow.Exporter.Http;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Metrics;

/// <summary>Everything that metrics and page are read from; nothing here is ever written by a reader.</summary>
internal sealed class Sources(
    IReadOnlyList<WorkerCounters> workers,
    AgentRegistry agents,
    AgentRoster roster,
    ICalibration calibration,
    IReadOnlyList<IFamily> families,
    Registries names,
    IEnumerable<RecordQueue> queues,
    IEnumerable<SinkState> sinks,
    IEnumerable<IReadiness> readiness,
    IEnumerable<WatchStats> kinds,
    SteadyClock steady,
    IKernelDrops? kernelDrops = null,
    StoreStats? store = null,
    HistoryStats? history = null,
    IListeningSockets? listening = null,
    IEnumerable<GeoIpStats>? places = null,
    InventoryFigures? inventory = null,
    HttpFigures? http = null,
    SpoolStats? spool = null,
    ShipStats? ship = null)
{
    private readonly IReadiness[] ready = [.. readiness];

    public AgentRegistry Agents => agents;
    /// <summary>The clock of the agents' times.</summary>
    public SteadyClock Steady => steady;
    /// <summary>The same agents against the nodes that should have one.</summary>
    public AgentRoster Roster => roster;
    /// <summary>Their estimates against their interface counters.</summary>
    public ICalibration Calibration => calibration;
    /// <summary>All families, each with metrics of its own.</summary>
    public IReadOnlyList<IFamily> Families => families;
    /// <summary>The counted flows.</summary>
    public IFamily Flows { get; } = families.Named(FamilyNames.Flow);
    /// <summary>What pods received from peers whose packets no agent samples: bytes only, at least so many.</summary>
    public IFamily Acknowledged { get; } = families.Named(FamilyNames.Acknowledged);
    public NodeRegistry Nodes => names.Nodes;
    public EndpointRegistry Endpoints => names.Endpoints;
    public IReadOnlyList<RecordQueue> Queues { get; } = [.. queues];
    /// <summary>Of those sinks that have a server behind them.</summary>
    public IReadOnlyList<SinkState> Sinks { get; } = [.. sinks];

    public long KernelDrops => kernelDrops?.Dropped ?? 0;
    /// <summary>Null where no line runs.</summary>
    public IListeningSockets? Listening => listening;
    /// <summary>Null when no embedded store is kept.</summary>
    public StoreStats? Store => store;
    /// <summary>Null when no history is kept.</summary>
    public HistoryStats? History => history;
    /// <summary>Null without a spool.</summary>
    public SpoolStats? Spool => spool;
    /// <summary>Null without Elasticsearch.</summary>
    public ShipStats? Ship => ship;
    /// <summary>Kinds of Kubernetes objects that are followed; empty without a Kubernetes API.</summary>
    public IReadOnlyList<WatchStats> Kinds { get; } = [.. kinds];
    /// <summary>Databases of places; empty without any.</summary>
    public IReadOnlyList<GeoIpStats> Places { get; } = [.. places ?? []];
    /// <summary>Null without an inventory file.</summary>
    public InventoryFigures? Inventory => inventory;
    /// <summary>What the HTTP side refused.</summary>
    public HttpFigures Http { get; } = http ?? new HttpFigures();
    /// <summary>The first of what is missing.</summary>
    public string? NotReadyBecause => ready.Select(part => part.NotReadyBecause).FirstOrDefault(reason => reason is not null);

    public long Received => workers.Sum(worker => worker.Received);
    public long ReceivedBytes => workers.Sum(worker => worker.ReceivedBytes);
    /// <summary>Each flow sample is observed exactly once.</summary>
    public long FlowSamples => Enum.GetValues<Observation>().Sum(Sum);
    public long CounterSamples => workers.Sum(worker => worker.CounterSamples);

    /// <summary>Structures skipped, by type; bounded by the types that each worker distinguishes.</summary>
    public IEnumerable<SkippedStructure> Skipped() =>
        workers.SelectMany(worker => worker.Skipped.Read()).GroupBy(structure => (structure.Kind, structure.Enterprise, structure.Format))
            .Select(same => new SkippedStructure(same.Key.Kind, same.Key.Enterprise, same.Key.Format, same.Sum(structure => structure.Count)));

    /// <summary>Structures skipped whose types found no room of their own.</summary>
    public long SkippedOther => workers.Sum(worker => worker.Skipped.Other);

    public long Sum(DatagramOutcome outcome) => workers.Sum(worker => worker[outcome]);
    public long Sum(SampleFault fault) => workers.Sum(worker => worker[fault]);
    public long Sum(Observation observation) => workers.Sum(worker => worker[observation]);
    public long Sum(ServerReason reason) => workers.Sum(worker => worker[reason]);
}
