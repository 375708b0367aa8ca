using System.Globalization;
using System.Text.Json;
using SFlow.Compare.Machine;
using SFlow.Compare.Report;

namespace SFlow.Compare.Sections;

/// <summary>
/// Receivers under load in a network namespace of their own, so that ports, loopback and the kernel's counters are theirs alone. The
/// measuring is this program again (<see cref="Verb"/>), started inside.
/// </summary>
internal sealed class LiveSection(Plan plan, Tools tools, Workspace workspace, string inventory)
{
    public const string Verb = "inside-namespace";

    private const long Samples = 1_000_000;

    private static readonly string[][] ways = [["unshare", "--net"], ["unshare", "--user", "--map-root-user", "--net"]];

    public void Measure(Findings findings)
    {
        string[]? way = ways.FirstOrDefault(way => Child.Succeeds([.. way, "true"]));
        if (way is null)
        {
            findings.Notes.Add("Live load needs a network namespace of its own (root, or unprivileged user namespaces): not measured here.");
            return;
        }
        string output = workspace.PathOf("live.json");
        Child.Start(
            [
                .. way, Environment.ProcessPath!, Verb, workspace.Multi(Samples).Path, inventory, tools.Program, workspace.Folder,
                plan.Rounds.ToString(CultureInfo.InvariantCulture), plan.TrialSeconds.ToString(CultureInfo.InvariantCulture),
            ], output: output, heard: true).Wait();
        Findings inside = JsonSerializer.Deserialize<Findings>(File.ReadAllBytes(output)) ?? throw new CompareException("the live part said nothing");
        findings.Series.AddRange(inside.Series);
        findings.Rows.AddRange(inside.Rows);
        findings.Also.AddRange(inside.Also);
        findings.Notes.AddRange(inside.Notes);
    }

    /// <summary>What <see cref="Verb"/> does.</summary>
    public static void Inside(Plan plan, Tools tools, string capture, string inventory, string folder)
    {
        Child.Run(["ip", "link", "set", "lo", "up"]);
        Findings findings = new();
        using (Receivers receivers = new(tools, capture, inventory, folder))
        {
            new LiveCost(plan, receivers).Measure(findings);
            new LiveLoss(plan, receivers).Measure(findings);
        }
        Console.WriteLine(JsonSerializer.Serialize(findings));
    }
}
