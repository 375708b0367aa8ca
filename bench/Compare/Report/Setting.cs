using System.Globalization;
using System.Runtime.InteropServices;
using SFlow.Compare.Machine;

namespace SFlow.Compare.Report;

/// <summary>Where and when it was measured, and against which versions.</summary>
internal sealed record Setting(string Date, string Commit, string Cpu, int Cpus, string Kernel, string Runtime, IReadOnlyList<string> Peers)
{
    private static readonly string[] packages = ["pmacct", "nfdump-sflow"];

    public static Setting Read(Workspace workspace, Tools tools)
    {
        string output = workspace.PathOf("setting.txt");
        string Said(params string[] words)
        {
            try
            {
                Child.Run(words, output: output);
                return File.ReadAllText(output).Trim();
            }
            catch (CompareException)
            {
                return "";
            }
        }

        string[] peers = [.. packages.Select(package => Said("dpkg-query", "-W", package).Replace('\t', ' ')), "goflow2 " + tools.GoFlow2Version];
        return new Setting(
            DateTime.UtcNow.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture),
            Said("git", "describe", "--always", "--dirty"),
            $"{Processor("model name")} (family {Processor("cpu family")}, model {Processor("model")})",
            (int)ulong.PopCount(Native.Mask),
            File.ReadAllText("/proc/sys/kernel/osrelease").Trim(),
            RuntimeInformation.FrameworkDescription,
            [.. peers.Where(peer => peer.Length > 0)]);
    }

    private static string Processor(string key) =>
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.Split('\t', ':')[0] == key)?.Split(':')[1].Trim() ?? "unknown";
}
