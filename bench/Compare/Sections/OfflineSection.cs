using System.Globalization;
using SFlow.Compare.Machine;
using SFlow.Compare.Report;

namespace SFlow.Compare.Sections;

/// <summary>
/// A capture from file to totals: CPU of all processes with their start. Sfacctd with its own buffers mostly sleeps, so its runs go side
/// by side on CPU 1 while all else takes turns on CPU 0.
/// </summary>
internal sealed class OfflineSection(Plan plan, Tools tools, Workspace workspace, string inventory)
{
    private const double TimesSfacctd = 15, TimesSfcapd = 10;
    private const int FrameCheckBytes = 4;

    private readonly List<(Series Series, Capture Capture, Sfacctd Peer, Child Child)> paced = [];

    public void Measure(Findings findings)
    {
        List<Turn> turns = [];
        foreach (long samples in plan.Captures)
        {
            Capture capture = workspace.Multi(samples);
            Check(findings, capture);
            turns.Add(new Turn(findings, tools, workspace, capture, inventory));
            if (tools.Sfacctd is not null) StartPaced(findings, capture);
        }
        for (int round = 0; round < plan.Rounds; round++)
        {
            foreach (Turn turn in turns) turn.Take();
        }
        foreach ((Series series, Capture capture, Sfacctd peer, Child child) in paced)
        {
            series.Rounds.Add(child.Wait().Cpu * 1e9 / capture.FlowSamples);
            Findings.MustEqual("packets of sfacctd", peer.Totals().Packets, capture.FlowSamples);
        }
        foreach (Turn turn in turns) Tell(findings, turn, deciding: turn == turns[^1]);
    }

    private void StartPaced(Findings findings, Capture capture)
    {
        Series series = findings.Measure($"summarize {capture.FlowSamples}, sfacctd", "CPU ns a flow sample");
        for (int run = 0; run < plan.PacedRounds; run++)
        {
            Sfacctd peer = new(tools, workspace, capture, $"sfacctd-{capture.FlowSamples}-{run}", "");
            paced.Add((series, capture, peer, peer.Start(cpu: 1)));
        }
    }

    private void Tell(Findings findings, Turn turn, bool deciding)
    {
        string what = $"summarize {turn.Capture.FlowSamples / 1_000_000} M samples", named = $"{what}, inventory of {Inventory.Pods} pods";
        Series? sfacctd = paced.Find(run => run.Capture == turn.Capture).Series;
        foreach ((string title, Series ours) in new[] { ($"{what}: CPU ns a sample", turn.Ours), ($"{named}: CPU ns a sample", turn.OursNamed) })
        {
            if (sfacctd is not null)
            {
                findings.Cheaper(title, ours, "sfacctd", sfacctd, deciding ? TimesSfacctd : null, beside: !deciding);
                findings.Cheaper(title, ours, "sfacctd, large buffers", turn.Sfacctd, null, beside: !deciding);
            }
            if (tools.SfcapdReadsCaptures) findings.Cheaper(title, ours, "sfcapd", turn.Sfcapd, deciding ? TimesSfcapd : null, beside: !deciding);
        }
    }

    /// <summary>Counts must be right: against the generator's own, and the bytes against what sfacctd makes of the same file.</summary>
    private void Check(Findings findings, Capture capture)
    {
        Summarized plain = Summarized.Of(tools, workspace, capture, []), named = Summarized.Of(tools, workspace, capture, ["--inventory", inventory]);
        foreach (Summarized summary in (Summarized[])[plain, named])
        {
            Findings.MustEqual("samples of summarize", summary.Samples, capture.FlowSamples);
            Findings.MustEqual("datagrams of summarize", summary.Datagrams, capture.Datagrams);
        }
        Findings.MustEqual("packets of summarize", plain.Packets, capture.FlowSamples * Capture.SamplingRate);
        string bytes = "";
        if (tools.Sfacctd is not null)
        {
            Sfacctd peer = new(tools, workspace, capture, "sfacctd-check", Sfacctd.LargeBuffers);
            peer.Start(cpu: 1).Wait();
            // It counts the frame check sequence and does not multiply by the sampling rate.
            long expected = (peer.Totals().Bytes - FrameCheckBytes * capture.FlowSamples) * Capture.SamplingRate;
            Findings.MustEqual("bytes of summarize", plain.Bytes, expected);
            bytes = string.Create(CultureInfo.InvariantCulture, $", and {expected} bytes as sfacctd counts them");
        }
        findings.Checks.Add(string.Create(CultureInfo.InvariantCulture,
            $"{capture.FlowSamples} samples: samples, datagrams ({capture.Datagrams}) and packets equal to the generator's, with and without inventory{bytes}. "
            + $"With it, {named.Named:P0} of what counts has a namespace."));
    }
}
