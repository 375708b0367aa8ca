using System.Globalization;
using SFlow.Compare.Machine;
using SFlow.Compare.Report;

namespace SFlow.Compare.Sections;

/// <summary>The most memory that summarize ever has, over a capture that is bigger than it may have.</summary>
internal sealed class ResidentSection(Plan plan, Tools tools, Workspace workspace, string inventory)
{
    private const double Megabytes = 150;

    public void Measure(Findings findings)
    {
        Capture capture = workspace.Multi(plan.ResidentSamples);
        double size = new FileInfo(capture.Path).Length / 1e9;
        string what = string.Create(CultureInfo.InvariantCulture, $"summarize {size:0.00} GB");
        Series plain = findings.Measure($"{what}, peak resident set", "MB"), named = findings.Measure($"{what}, {Inventory.Pods} pods, peak resident set", "MB");
        for (int round = 0; round < plan.PacedRounds; round++)
        {
            plain.Rounds.Add(Peak([tools.Program, "summarize", capture.Path]));
            named.Rounds.Add(Peak([tools.Program, "summarize", capture.Path, "--inventory", inventory]));
        }
        findings.Below($"{what}: peak resident MB", plain, Megabytes);
        findings.Below($"{what}, inventory of {Inventory.Pods} pods: peak resident MB", named, Megabytes);
    }

    private static double Peak(string[] words) => Child.Run(words, cpu: 0, watched: true).PeakKilobytes * 1024 / 1e6;
}
