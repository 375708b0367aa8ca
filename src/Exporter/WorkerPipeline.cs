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
/// The pipeline of every datagram: decode, identify, observe, acknowledge, calibrate, count, record. This class has the objects that all
/// workers share. Each worker has its own stages, so no worker waits for another.
/// </summary>
internal sealed class WorkerPipeline(
    Settings settings, Registries names, AgentRegistry agents, PortCalibration calibration, AddressBookHolder book, ExportRule exports, ListeningHistory history, FamilySet families, Workers workers)
{
    private readonly LastServiceCache lastServices = new();
    private readonly SampleMemory memory = new();
    private readonly ServiceSet collectors = new(), replying = new();
    private readonly PortLabels ports = new(names.Services, names.DoubtfulPorts);

    /// <summary>Makes the pipeline of one more worker. <paramref name="last"/> gets the finished records with their identities, if it is not null.</summary>
    public (IDatagramIntake Intake, WorkerCounters Counters) NewWorker(IFlowStage? last)
    {
        WorkerCounters own = workers.Add();
        CalibrationStage calibrate = new(calibration);
        CounterStage counters = new(agents, names.Endpoints);
        StageSequence stages = new(
        [
            new PlausibilityStage(agents, own),
            new IdentifyStage(book, lastServices, memory, agents, names),
            new ObserveStage(names, exports, ports, history, collectors, own, (ushort)settings.Receive.Port),
            new TcpAckStage(names, replying, settings.Acknowledge.Connections),
            new BurstStage(),
            calibrate,
            counters,
            families.NewStage(),
            .. last is null ? ReadOnlySpan<IFlowStage>.Empty : [last],
        ]);
        return (new DatagramDecoder(agents, own, stages, [calibrate, counters], settings.Count, kept: last is not null), own);
    }
}
