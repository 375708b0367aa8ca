using SFlow.Exporter.Agents;
using SFlow.Exporter.Count;
using SFlow.Exporter.Decode;
using SFlow.Exporter.Identify;
using SFlow.Exporter.Observe;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter;

/// <summary>
/// The line that every datagram runs along: decode, identify, observe, count, record. What all workers share stands here once;
/// each worker gets stages of its own.
/// </summary>
internal sealed class Line(
    Settings settings,
    Names names,
    AgentRegistry agents,
    AddressBookHolder book,
    ExportRule exports,
    FlowFamily family,
    SkippedStructures skipped,
    RecordPool pool,
    IEnumerable<RecordQueue> queues)
{
    private readonly ToldServices told = new();
    private readonly PortLabels ports = new(names.Services);
    private readonly List<WorkerCounters> counters = [];
    private readonly RecordQueue[] sinks = [.. queues];

    /// <summary>The counters of all workers so far.</summary>
    public IReadOnlyList<WorkerCounters> Counters
    {
        get { lock (counters) return [.. counters]; }
    }

    /// <summary>The line of one more worker.</summary>
    public (IDatagramIntake Intake, WorkerCounters Counters) NewWorker()
    {
        WorkerCounters own = new();
        lock (counters) counters.Add(own);
        IFlowStage[] stages =
        [
            new IdentifyStage(book, told, agents, names),
            new ObserveStage(names, exports, ports, own, (ushort)settings.Receive.Port),
            family.NewShard(),
            new RecordFan(pool, sinks),
        ];
        return (new DatagramDecoder(agents, own, stages, skipped, settings.Count), own);
    }
}
