using SFlow.Captures;
using SFlow.Exporter.Agents;
using SFlow.Exporter.Count;
using SFlow.Exporter.Identify;
using SFlow.Exporter.Observe;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Verbs;

/// <summary>The whole line over a capture, on one thread: what <c>summarize</c> and <c>records</c> do alike.</summary>
internal sealed class OfflineLine
{
    private readonly Settings settings;
    private readonly AddressBook book;
    private readonly Line line;

    /// <exception cref="InventoryException">The inventory can't be used.</exception>
    public OfflineLine(Settings settings)
    {
        this.settings = settings;
        book = AddressBookSource.From(settings.Identify).Load(Names, settings.Identify, TimeProvider.System);
        Agents = new AgentRegistry(settings.Agents);
        Family = new FlowFamily(Names, settings.Count.SeriesLimit, 0);
        Acknowledged = new FlowFamily(Names, settings.Count.SeriesLimit, 0);
        line = new Line(settings, Names, Agents, new AddressBookHolder(book), ExportRule.WholeCapture, new ListeningHistory(settings.Observe), Family, Acknowledged, Workers);
    }

    public Names Names { get; } = new();
    public AgentRegistry Agents { get; }
    public FlowFamily Family { get; }
    public FlowFamily Acknowledged { get; }
    public Workers Workers { get; } = new();

    /// <summary>
    /// Runs every datagram of the capture through the line; the finished records go to <paramref name="last"/> and <paramref name="sums"/>
    /// where there are such, with their identities to the former alone.
    /// </summary>
    /// <exception cref="BadInputException">The file can't be read as a capture.</exception>
    public void Run(string file, IFlowStage? last, IFlowStage? sums = null)
    {
        if (book.Facts.Nodes > 0) FindExporters(file);
        (IDatagramIntake intake, _) = line.NewWorker(last, sums);
        using CaptureReader capture = CaptureFile.Open(file);
        while (capture.TryRead(out CapturedDatagram datagram))
        {
            Address sender = new(datagram.Source.High, datagram.Source.Low);
            intake.Take(datagram.Payload, new DatagramOrigin(datagram.TimestampNanoseconds, sender, datagram.SourcePort));
        }
        intake.Idle();
        CaptureFile.Check(file, capture, Workers.Sum(worker => worker.Received), Console.Error);
    }

    /// <summary>
    /// Whether a node's agent exports is decided over the whole capture, so the agents are looked up before the first sample is judged.
    /// </summary>
    private void FindExporters(string file)
    {
        using CaptureReader capture = CaptureFile.Open(file);
        while (capture.TryRead(out CapturedDatagram captured))
        {
            if (Datagram.TryRead(captured.Payload, out Datagram datagram) != DecodeStatus.Ok) continue;
            int node = Names.Endpoints[book.Find(new Address(datagram.Agent.High, datagram.Agent.Low))].Node;
            if (node >= 0) Names.Nodes[node].LastDatagram = Math.Max(1, captured.TimestampNanoseconds);
        }
    }
}
