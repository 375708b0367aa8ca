using System.Text.Json;
using Microsoft.Playwright;
using SFlow.EndToEnd.Tests.Services;
using SFlow.Tests;

namespace SFlow.EndToEnd.Tests.Web;

/// <summary>The program itself with captures of the lab, whose truth was counted at the pods: each packet was sampled, so all figures are exact.</summary>
public sealed class LabTraffic : IAsyncLifetime
{
    private static readonly string[] Captures = ["ovn-s1-svc", "ovn-s1-ext"];
    private ExporterProcess exporter = null!;

    internal ExporterProcess Exporter => exporter;

    /// <summary>When the first datagram was sent.</summary>
    internal DateTimeOffset Began { get; private set; }

    /// <summary>Bytes of frames that one side sent to another, by the packet sockets of the pods. Null matches all.</summary>
    internal static long Sent(Func<JsonElement, bool> wanted) => Captures.Sum(capture =>
    {
        using JsonDocument truth = JsonDocument.Parse(File.ReadAllBytes(PathOf(capture, "truth.json")));
        return new LabTruth(truth.RootElement).SentFlows().Where(wanted).Sum(flow => flow.GetProperty("frame_bytes").GetInt64());
    });

    internal static string Text(JsonElement flow, string name) => flow.GetProperty(name).ToString();

    public async ValueTask InitializeAsync()
    {
        exporter = await ExporterProcess.StartAsync("run", "--inventory", PathOf(Captures[0], "inventory.json"));
        Began = DateTimeOffset.UtcNow;
        foreach (string capture in Captures)
        {
            (int exitCode, _, string errors) = await ExporterProcess.RunAsync("replay", PathOf(capture, "pcap"), "--to", $"127.0.0.1:{exporter.Port}", "--rate", "200");
            Assert.True(exitCode == 0, errors);
        }
        await exporter.WaitForAsync(metrics =>
            metrics["sflow_exporter_samples_decoded_total{sample_type=\"flow\"}"] > 0
            && metrics["sflow_exporter_store_records"] == metrics["sflow_exporter_samples_decoded_total{sample_type=\"flow\"}"]);
    }

    public async ValueTask DisposeAsync()
    {
        await exporter.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    internal async Task<IPage> OpenAsync(ChromiumBrowser browser, string path) => await browser.OpenAsync(new Uri(exporter.Address, path));

    /// <summary>An amount as people read it, three digits.</summary>
    internal static string Figure(long bytes) => bytes switch
    {
        < 1_000 => FormattableString.Invariant($"{bytes} B"),
        < 9_995 => FormattableString.Invariant($"{bytes / 1e3:0.00} kB"),
        < 99_950 => FormattableString.Invariant($"{bytes / 1e3:0.0} kB"),
        _ => FormattableString.Invariant($"{bytes / 1e3:0} kB"),
    };

    private static string PathOf(string capture, string kind) => Path.Combine(SharedFolder.Repository, "tests", "captures", $"{capture}.{kind}");
}
