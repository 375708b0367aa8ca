using System.Globalization;
using System.Text.Json;
using SFlow.Compare.Machine;
using SFlow.Compare.Report;

namespace SFlow.Compare.Sections;

/// <summary>
/// Decoding in memory, one thread on CPU 1: all fields of a flow record, against a C walk that only touches each 5-tuple, and against
/// goflow2's decoder, which leaves the sampled header unread, and with the step that reads it.
/// </summary>
internal sealed class MemorySection(Plan plan, Tools tools, Workspace workspace)
{
    private const long Samples = 1_000_000;

    /// <summary>All code compiled once and to the full, as in the published program, rather than again while it is measured.</summary>
    private const string FullyCompiled = "DOTNET_TieredCompilation=0";

    private const double TimesWalk = 3, TimesGoFlow2 = 20;

    public void Measure(Findings findings)
    {
        Measure(findings, workspace.Multi(Samples), "6 samples a datagram");
        Measure(findings, workspace.Single(Samples), "1 sample a datagram");
    }

    private void Measure(Findings findings, Capture capture, string shape)
    {
        Series ours = findings.Measure($"memory, {shape}, ours", "CPU ns a flow sample");
        Series walk = findings.Measure($"memory, {shape}, walk", "ns a flow sample");
        Series goFlow2 = findings.Measure($"memory, {shape}, goflow2", "CPU ns a flow sample");
        Series produce = findings.Measure($"memory, {shape}, goflow2 with headers", "CPU ns a flow sample");
        for (int round = 0; round < plan.Rounds; round++)
        {
            walk.Rounds.Add(Walk(Said(tools["membw"], capture.Path, "11")));
            ours.Rounds.Add(double.Parse(Said("env", FullyCompiled, tools.MemoryDecode, "memory", capture.Path), CultureInfo.InvariantCulture));
            goFlow2.Rounds.Add(GoFlow2(Said(tools.GoFlow2Decode, "-json", "-runs", "1", capture.Path)));
            produce.Rounds.Add(GoFlow2(Said(tools.GoFlow2Decode, "-json", "-runs", "1", "-produce", capture.Path)));
        }
        string what = $"decode in memory, {shape}: ns a sample";
        findings.Within(what, ours, "C walk to each 5-tuple", walk, TimesWalk);
        findings.Cheaper(what, ours, "goflow2's decoder", goFlow2, TimesGoFlow2);
        findings.Cheaper(what, ours, "goflow2 with headers", produce, null, beside: true);
    }

    /// <summary>The best of its passes, for it measures by the clock: "5-tuple walk 9.45 ms (9.26-9.65) ...", all samples a pass.</summary>
    private static double Walk(string text)
    {
        string line = text.Split('\n').First(line => line.StartsWith("5-tuple walk", StringComparison.Ordinal));
        return double.Parse(line.AsSpan()[(line.IndexOf('(') + 1)..line.IndexOf('-', line.IndexOf('('))], CultureInfo.InvariantCulture) * 1e6 / Samples;
    }

    /// <summary>Its CPU time is by flow and counter samples; counter samples are not what is compared here.</summary>
    private static double GoFlow2(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement met = document.RootElement.GetProperty("met");
        double flows = met.GetProperty("Flows").GetDouble(), counters = met.GetProperty("Counters").GetDouble();
        return document.RootElement.GetProperty("median").GetProperty("CPUNsPerSample").GetDouble() * (flows + counters) / flows;
    }

    private string Said(params string[] words)
    {
        string output = workspace.PathOf("said.txt");
        Child.Run(words, cpu: 1, output);
        return File.ReadAllText(output).Trim();
    }
}
