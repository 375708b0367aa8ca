using SFlow.Exporter.Agents;
using SFlow.Exporter.Calibration;
using SFlow.Exporter.Count;
using SFlow.Exporter.Decode;
using SFlow.Exporter.Identify;
using SFlow.Exporter.Observe;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.TcpAck;

namespace SFlow.Exporter;

/// <summary>
/// The line that every datagram runs along: decode, identify, observe, acknowledge, calibrate, count, record. What all workers share stands here once;
/// each worker gets stages of its own, so that none waits for another.
/// </summary>
internal sealed class WorkerPipeline(
    Settings settings, Registries names, AgentRegistry agents, AddressBookHolder book, ExportRule exports, ListeningHistory history, FlowFamily family,
    [FromKeyedServices(ReservedLabels.AcknowledgedFamily)] FlowFamily acknowledged, Workers workers)
{
    private readonly LastServiceCache told = new();
    private readonly SampleMemory memory = new();
    private readonly ServiceSet collectors = new();
    private readonly PortLabels ports = new(names.Services);

    /// <summary>
    /// The line of one more worker; <paramref name="last"/> takes the finished records with their identities, null when nobody does, and
    /// <paramref name="sums"/> what is to be summed besides.
    /// </summary>
    public (IDatagramIntake Intake, WorkerCounters Counters) NewWorker(IFlowStage? last, IFlowStage? sums = null)
    {
        WorkerCounters own = workers.Add();
        CalibrationStage calibrate = new(agents);
        IFlowStage[] stages =
        [
            new IdentifyStage(book, told, memory, agents, names),
            new ObserveStage(names, exports, ports, history, collectors, own, (ushort)settings.Receive.Port),
            new TcpAckStage(names, settings.Acknowledge.Connections),
            new BurstStage(),
            calibrate,
            family.NewShard(),
            acknowledged.NewAcknowledgedShard(),
            .. sums is null ? ReadOnlySpan<IFlowStage>.Empty : [sums],
            .. last is null ? ReadOnlySpan<IFlowStage>.Empty : [last],
        ];
        return (new DatagramDecoder(agents, own, stages, calibrate, settings.Count, kept: last is not null), own);
    }
}
