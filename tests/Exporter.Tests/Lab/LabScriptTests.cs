using System.Diagnostics;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Lab;

/// <summary>The scripts of <c>lab/</c> that need no root: the committed inventories are what they print, and they make the folder that they write to.</summary>
public sealed class LabScriptTests
{
    [Theory]
    [InlineData("record", "", "inventory.json", "src/Exporter/Demo/inventory.json")]
    [InlineData("record-networks", "", "ovn-s1-udn.inventory.json", "tests/captures/ovn-s1-udn.inventory.json")]
    [InlineData("record-networks", "--twins --name ovn-s1-udn-twins", "ovn-s1-udn-twins.inventory.json", "tests/captures/ovn-s1-udn-twins.inventory.json")]
    public void The_committed_inventory_is_what_the_lab_writes_into_a_folder_that_was_absent(string script, string options, string written, string committed)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("sflow-lab-test-");
        string absent = Path.Combine(folder.FullName, "not", "there");
        Run(["python3", Path.Combine(SharedFolder.Repository, "lab", script), "--inventory-only", "--output", absent, .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Equal(File.ReadAllText(Path.Combine(SharedFolder.Repository, committed)), File.ReadAllText(Path.Combine(absent, written)));
        folder.Delete(recursive: true);
    }

    private static void Run(string[] words)
    {
        if (!Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(path => File.Exists(Path.Combine(path, words[0])))) Assert.Skip($"needs {words[0]}");
        using Process process = Process.Start(new ProcessStartInfo(words[0], words[1..]) { RedirectStandardError = true, UseShellExecute = false, Environment = { ["PYTHONDONTWRITEBYTECODE"] = "1" } })!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error);
    }
}
