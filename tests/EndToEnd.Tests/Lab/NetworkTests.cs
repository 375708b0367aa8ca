using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using SFlow.EndToEnd.Tests.Services;
using SFlow.Tests;

namespace SFlow.EndToEnd.Tests.Lab;

/// <summary>
/// The main promise where networks share addresses: real agents of two nodes, two layer-2 networks and a layer-3 one with one subnet, the same
/// addresses and ports at the same time. The running program counts each packet once, under the pods that sent and got it.
/// </summary>
public sealed partial class NetworkTests(ITestOutputHelper output)
{
    private const string Name = "networks";

    /// <summary>The repository's own lab, which builds user-defined networks.</summary>
    private static readonly string script = Path.Combine(SharedFolder.Repository, "lab", "record-networks");

    [Fact]
    public async Task Pods_with_the_same_address_in_several_networks_are_counted_once_and_apart()
    {
        OvnLab.Require();
        OvnLab.RequirePrograms("ethtool");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("sflow-networks-");
        // The folder is absent at first: the lab makes it.
        string place = Path.Combine(folder.FullName, "lab");
        await KubeApiServer.RunAsync("python3", [script, "--output", place, "--name", Name, "--inventory-only"], "");
        await using ExporterProcess exporter = await ExporterProcess.StartAsync("run", "--inventory", Path.Combine(place, Name + ".inventory.json"));
        await KubeApiServer.RunAsync("python3", [script, "--output", place, "--name", Name, "--live", $"127.0.0.1:{exporter.Port}"], "");
        await Task.Delay(TimeSpan.FromSeconds(1.5), TestContext.Current.CancellationToken);

        using JsonDocument document = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(place, Name + ".truth.json"), TestContext.Current.CancellationToken));
        NetworkTruth truth = new(document.RootElement);
        LabFlows sent = truth.Sent(), counted = truth.Counted(await StoredFlows.AfterAsync(exporter, 0));
        Assert.True(sent.Count >= 30, $"{sent.Count} flows");
        Assert.True(sent.SequenceEqual(counted), $"sent here, counted there\n{sent.Difference(counted)}");
        Assert.Equal(truth.SentBetween(), Between(await exporter.MetricsAsync()));
        string line = $"networks that share a subnet: {counted} compared with the truth, difference 0";
        output.WriteLine(line);
        TestContext.Current.SendDiagnosticMessage(line);
        folder.Delete(recursive: true);
    }

    /// <summary>Packets and bytes of each pair of namespaces, by the metrics; ARP and OVN's own packets left out.</summary>
    private static SortedDictionary<string, (long Packets, long Bytes)> Between(Dictionary<string, double> metrics)
    {
        SortedDictionary<string, (long Packets, long Bytes)> pairs = new(StringComparer.Ordinal);
        foreach ((string series, double value) in metrics)
        {
            if (value == 0 || Pair().Match(series) is not { Success: true } match) continue;
            string pair = string.Create(CultureInfo.InvariantCulture, $"{match.Groups["source"].Value} > {match.Groups["destination"].Value}");
            (long packets, long bytes) = pairs.GetValueOrDefault(pair);
            pairs[pair] = match.Groups["what"].Value == "bytes" ? (packets, bytes + (long)value) : (packets + (long)value, bytes);
        }
        return pairs;
    }

    [GeneratedRegex("^sflow_flow_(?<what>bytes|packets)_total\\{source_namespace=\"(?<source>(?!@link|@ovn)[^\"]+)\",destination_namespace=\"(?<destination>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pair();
}
