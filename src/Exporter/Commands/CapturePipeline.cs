using SFlow.Captures;
using SFlow.Exporter.Agents;
using SFlow.Exporter.Calibration;
using SFlow.Exporter.Count;
using SFlow.Exporter.Identify;
using SFlow.Exporter.Observe;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Commands;

/// <summary>The whole line over a capture, on one thread: what <c>summarize</c> and <c>records</c> do alike.</summary>
internal sealed class CapturePipeline
{
    /// <summary>Datagrams by which agents are looked for before the first sample is judged: every agent sends some each minute.</summary>
    private const int FirstPart = 1 << 14;

    private readonly Settings settings;
    private readonly ushort port;
    private readonly AddressBook book;
    private readonly ClusterNodes nodes;

    /// <param name="settings">Options of the program.</param>
    /// <param name="port">UDP port to which the capture's datagrams were sent; 0 for any.</param>
    /// <param name="detailed">Whether the families that are for captures alone are counted too.</param>
    /// <exception cref="InventoryException">The inventory can't be used.</exception>
    public CapturePipeline(Settings settings, ushort port = CaptureReader.SFlowPort, bool detailed = false)
    {
        this.settings = settings;
        this.port = port;
        book = AddressBookSource.From(settings.Identify).Load(Registries, settings.Identify, TimeProvider.System);
        // The allow-list's nodes are for a running program: who recorded a capture chose what is in it.
        nodes = new ClusterNodes(new AddressBookHolder(book), Registries);
        Agents = new AgentRegistry(settings.Agents, nodes, wholeCapture: true);
        Calibration = new PortCalibration(Agents, settings.Agents);
        Families = FamilySet.OfCapture(Registries, book.Facts.Nodes > 0, detailed);
    }

    public Registries Registries { get; } = new();
    public AgentRegistry Agents { get; }
    public PortCalibration Calibration { get; }
    public FamilySet Families { get; }
    public Workers Workers { get; } = new();

    /// <summary>A line through which the whole capture has run.</summary>
    /// <param name="file">The capture.</param>
    /// <param name="settings">Options of the program.</param>
    /// <param name="port">UDP port to which the capture's datagrams were sent; 0 for any.</param>
    /// <param name="detailed">Whether the families that are for captures alone are counted too.</param>
    /// <exception cref="InventoryException">The inventory can't be used.</exception>
    /// <exception cref="BadInputException">The file can't be read as a capture.</exception>
    public static CapturePipeline Over(string file, Settings settings, ushort port = CaptureReader.SFlowPort, bool detailed = false)
    {
        CapturePipeline line = new(settings, port, detailed);
        if (line.TryRun(file, FirstPart)) return line;
        line = new CapturePipeline(settings, port, detailed);
        line.Run(file, null);
        return line;
    }

    /// <summary>Runs every datagram of the capture through the line; the finished records go to <paramref name="last"/> where there is one.</summary>
    /// <exception cref="BadInputException">The file can't be read as a capture.</exception>
    public void Run(string file, IFlowStage? last)
    {
        if (book.Facts.Nodes > 0) FindExporters(file, int.MaxValue);
        Run(file, last, ExportRule.WholeCapture);
    }

    /// <summary>The same, but agents are looked for in the first part only: to read a capture twice costs a fifth. False when that led astray.</summary>
    private bool TryRun(string file, int firstPart)
    {
        ExportRule exports = book.Facts.Nodes == 0 || FindExporters(file, firstPart) ? ExportRule.WholeCapture : ExportRule.Supposed(Registries.Nodes);
        Run(file, null, exports);
        return !exports.WasWrong(Registries.Nodes);
    }

    private void Run(string file, IFlowStage? last, ExportRule exports)
    {
        WorkerPipeline line = new(settings, Registries, Agents, Calibration, new AddressBookHolder(book), exports, new ListeningHistory(settings.Observe), Families, Workers);
        (IDatagramIntake intake, _) = line.NewWorker(last);
        using CaptureReader capture = CaptureFile.Open(file, port);
        while (capture.TryRead(out CapturedDatagram datagram))
        {
            intake.Take(datagram.Payload, new DatagramOrigin(datagram.TimestampNanoseconds, datagram.Source, datagram.SourcePort));
        }
        intake.Idle();
        CaptureFile.Check(file, capture, Workers.Sum(worker => worker.Received), Console.Error, port);
    }

    /// <summary>
    /// Whether a node's agent exports is decided over the whole capture, so the agents are looked up before the first sample is judged.
    /// </summary>
    /// <returns>Whether the capture was looked through as far as anything could be found.</returns>
    private bool FindExporters(string file, int datagrams)
    {
        using CaptureReader capture = CaptureFile.Open(file, port);
        for (int missing = book.Facts.Nodes; missing > 0 && datagrams > 0; datagrams--)
        {
            if (!capture.TryRead(out CapturedDatagram captured)) return true;
            if (Datagram.TryRead(captured.Payload, out Datagram datagram) != DecodeStatus.Ok) continue;
            if (nodes.Find(datagram.AgentOr(captured.Source)) is not { } node) continue;
            if (node.LastDatagram == 0) missing--;
            node.Hear(Math.Max(1, captured.TimestampNanoseconds));
        }
        return datagrams > 0;
    }
}
