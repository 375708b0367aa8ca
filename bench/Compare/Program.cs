using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using SFlow.Compare;
using SFlow.Compare.Machine;
using SFlow.Compare.Report;
using SFlow.Compare.Sections;

string repository = AppContext.BaseDirectory;
while (!File.Exists(Path.Combine(repository, "Exporter.sln")))
    repository = Path.GetDirectoryName(repository) ?? throw new CompareException("run it from inside the repository");

Option<bool> quick = new("--quick") { Description = "A shorter measurement on 1M samples. Writes to artifacts/compare and leaves the README files alone." };
Option<string> program = new("--program")
{
    Description = "The program to measure.",
    DefaultValueFactory = _ => Path.Combine(repository, "artifacts", "publish", "sflow-exporter"),
};
RootCommand root = new("Measures sflow-exporter and its peers in turns, and writes the tables of bench/README.md and README.md.") { quick, program };
root.SetAction(parsed => Compare(parsed.GetValue(quick), parsed.GetValue(program)!));

using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
try
{
    Native.AdoptOrphans();
    if (args is [LiveSection.Verb, string capture, string inventory, string exporter, string folder, string rounds, string seconds])
    {
        Plan plan = Plan.Full with { Rounds = int.Parse(rounds, CultureInfo.InvariantCulture), TrialSeconds = double.Parse(seconds, CultureInfo.InvariantCulture) };
        LiveSection.Inside(plan, new Tools(repository, exporter), capture, inventory, folder);
        return 0;
    }
    // An inventory for a capture of the load generator, for other measurements: compare inventory CAPTURE FILE.
    if (args is ["inventory", string traffic, string file])
    {
        Inventory.Write(new Capture(traffic, 0, 0, 0), file);
        return 0;
    }
    return root.Parse(args).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (CompareException fault)
{
    Console.Error.WriteLine($"compare: {fault.Message}");
    return 1;
}
finally
{
    Child.EndAll();
}

void Compare(bool quickly, string exporter)
{
    Tools tools = new(repository, exporter);
    Findings findings = new();
    findings.Notes.AddRange(tools.Prepare());
    findings.Notes.Add(Native.GoFirst()
        ? "What is measured, and what it is measured against, runs with priority over other work of the machine; the caches and the host's other guests are still shared."
        : "Other work of the machine had the same priority as what is measured: no permission to raise it.");
    using Workspace workspace = new(tools);
    Setting setting = Setting.Read(workspace, tools);
    Plan plan = quickly ? Plan.Quick : Plan.Full;

    string inventory = workspace.PathOf("inventory.json");
    Step("captures and inventory", () => Inventory.Write(workspace.Multi(plan.Captures[0]), inventory));
    Step("memory", () => new MemorySection(plan, tools, workspace).Measure(findings));
    Step("summarize", () => new OfflineSection(plan, tools, workspace, inventory).Measure(findings));
    Step("resident set", () => new ResidentSection(plan, tools, workspace, inventory).Measure(findings));
    Step("live", () => new LiveSection(plan, tools, workspace, inventory).Measure(findings));

    string results = quickly ? Path.Combine(repository, "artifacts", "compare") : Path.Combine(repository, "bench", "results");
    Page.Write(results, setting, findings);
    if (!quickly) Page.WriteInto(repository, setting, findings);
    foreach (Row row in findings.Rows) Console.WriteLine(row);
    Console.Error.WriteLine($"written: {results}/compare.md and compare.json");
}

// The end of the child that is waited for ends the comparison, and takes the folder of captures with it.
static void End(PosixSignalContext signal)
{
    signal.Cancel = true;
    Child.EndAll();
}

static void Step(string name, Action work)
{
    long start = Environment.TickCount64;
    work();
    Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {(Environment.TickCount64 - start) / 1e3:0} s"));
}
