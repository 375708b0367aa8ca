using SFlow.Compare.Machine;
using SFlow.Compare.Report;

namespace SFlow.Compare.Sections;

/// <summary>All programs over one capture, one after the other on CPU 0: a round.</summary>
internal sealed class Turn(Findings findings, Tools tools, Workspace workspace, Capture capture, string inventory)
{
    private const string Unit = "CPU ns a flow sample";
    private const int Cpu = 0;

    private readonly Sfacctd sfacctd = new(tools, workspace, capture, $"sfacctd-large-{capture.FlowSamples}", Sections.Sfacctd.LargeBuffers);

    public Capture Capture { get; } = capture;

    public Series Ours { get; } = findings.Measure($"summarize {capture.FlowSamples}, ours", Unit);

    public Series OursNamed { get; } = findings.Measure($"summarize {capture.FlowSamples}, ours, {Inventory.Pods} pods", Unit);

    public Series Sfacctd { get; } = findings.Measure($"summarize {capture.FlowSamples}, sfacctd, large buffers", Unit);

    public Series Sfcapd { get; } = findings.Measure($"summarize {capture.FlowSamples}, sfcapd", Unit);

    public void Take()
    {
        Add(Ours, Child.Run([tools.Program, "summarize", Capture.Path], Cpu));
        Add(OursNamed, Child.Run([tools.Program, "summarize", Capture.Path, "--inventory", inventory], Cpu));
        if (tools.Sfacctd is not null)
        {
            Add(Sfacctd, sfacctd.Start(Cpu).Wait());
            Findings.MustEqual("packets of sfacctd", sfacctd.Totals().Packets, Capture.FlowSamples);
        }
        if (tools.SfcapdReadsCaptures)
        {
            string flows = Directory.CreateDirectory(workspace.PathOf("sfcapd-offline")).FullName;
            Add(Sfcapd, Child.Run([tools.Sfcapd!, "-f", Capture.Path, "-w", flows, "-t", "3600"], Cpu));
            Directory.Delete(flows, recursive: true);
        }
    }

    private void Add(Series series, Usage usage) => series.Rounds.Add(usage.Cpu * 1e9 / Capture.FlowSamples);
}
