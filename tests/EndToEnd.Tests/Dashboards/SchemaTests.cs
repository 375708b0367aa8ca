using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;
using SFlow.Tests;

namespace SFlow.EndToEnd.Tests.Dashboards;

/// <summary>Dashboards against the types that Grafana publishes on npm. Needs Node and the npm registry.</summary>
public sealed class SchemaTests
{
    private static readonly string source = Path.Combine(SharedFolder.Repository, "tests", "EndToEnd.Tests", "Dashboards", "schema");

    [Fact]
    public async Task Dashboards_have_the_types_that_Grafana_publishes_and_a_mistake_is_found()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("sflow-schema-");
        try
        {
            foreach (string file in Directory.EnumerateFiles(source)) File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
            (int installed, string log) = await RunAsync(folder, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
            if (installed != 0) Assert.Skip($"npm did not install Grafana's types: {log}");
            string[] dashboards = [.. Directory.EnumerateFiles(Path.Combine(SharedFolder.Repository, "grafana", "dashboards"))];
            (int findings, string found) = await RunAsync(folder, "node", ["check.mjs", .. dashboards]);
            Assert.True(findings == 0, found);

            string wrong = Path.Combine(folder.FullName, "wrong.json");
            JsonNode mistaken = JsonNode.Parse(await File.ReadAllTextAsync(dashboards[0], TestContext.Current.CancellationToken))!;
            mistaken["panels"]!.AsArray().First(panel => panel!["type"]!.GetValue<string>() == "timeseries")!["fieldConfig"]!["defaults"]!["custom"]!["lineWith"] = 1;
            await File.WriteAllTextAsync(wrong, mistaken.ToJsonString(), TestContext.Current.CancellationToken);
            (findings, found) = await RunAsync(folder, "node", "check.mjs", wrong);
            Assert.Equal(1, findings);
            Assert.Contains("lineWith", found, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(DirectoryInfo folder, string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { WorkingDirectory = folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, await output + await errors);
        }
        catch (Win32Exception)
        {
            Assert.Skip($"needs {program} (Node.js 20 or later)");
            throw;
        }
    }
}
