using System.Globalization;
using System.Text.Json;
using SFlow.EndToEnd.Tests.Services;
using SFlow.Tests;

namespace SFlow.EndToEnd.Tests.Dashboards;

/// <summary>
/// A Prometheus with the rules, which scraped the program under a known load: the lab's captures at a sampling rate of 1. The truth is what packet
/// sockets on the pods' own interfaces counted.
/// </summary>
public sealed class LabLoad : IAsyncLifetime
{
    /// <summary>Range of the queries; it covers the whole load.</summary>
    public const string Range = "5m";

    /// <summary>In the order in which they were recorded, so that interface counters grow by what the samples hold.</summary>
    private static readonly string[] captures = ["ovn-s1-svc", "ovn-s1-same", "ovn-s1-cross", "ovn-s1-ext"];
    private ExporterProcess exporter = null!;

    private OpenSearchServer search = null!;
    private PrometheusServer prometheus = null!;
    private string? lack;

    internal PrometheusServer Prometheus => Preparation.Or(lack, prometheus);

    /// <summary>The moment of the last scrape, in seconds of Unix time: there, increase() has nothing to extrapolate.</summary>
    internal string Moment { get; private set; } = "";

    /// <summary>Packets and bytes that pods sent, by namespaces of source and destination ("a > b").</summary>
    internal SortedDictionary<string, (double Packets, double Bytes)> Between { get; } = new(StringComparer.Ordinal);

    /// <summary>All packets and bytes that pods sent.</summary>
    internal (double Packets, double Bytes) Sent { get; private set; }

    public async ValueTask InitializeAsync() => lack = await Preparation.TryAsync(PrepareAsync);

    private async Task PrepareAsync()
    {
        SharedFolder.Require("services", "prometheus", "start");
        // Panels of Elasticsearch have data, too.
        search = await OpenSearchServer.StartAsync();
        exporter = await ExporterProcess.StartAsync("run", ["--inventory", File(captures[0], "inventory.json"), "--elasticsearch", search.Address.ToString(), .. Families]);
        prometheus = await PrometheusServer.StartAsync(exporter.Address, rules: Path.Combine(SharedFolder.Repository, "grafana", "rules", "*.yaml"));
        await prometheus.WaitForAsync("count_over_time(up[1h])", answer => answer is [{ Value: >= 2 }]);
        Dictionary<string, string> namespaces = Namespaces();
        foreach (string capture in captures)
        {
            (int exitCode, _, string errors) = await ExporterProcess.RunAsync("replay", File(capture, "pcap"), "--to", $"127.0.0.1:{exporter.Port}", "--rate", "20");
            Assert.True(exitCode == 0, errors);
            Add(new LabTruth(Read(File(capture, "truth.json"))), namespaces);
        }
        await prometheus.WaitForAsync("sum(sflow_flow_packets_total{source_namespace!~\"@.*|__other__\"})", answer => answer is [{ Value: var counted }] && counted >= Sent.Packets);
        // Two more scrapes: rates need them, and recorded series are a step behind.
        double settled = await ScrapedAsync();
        await prometheus.WaitForAsync("timestamp(sflow_exporter_build_info)", answer => answer is [{ Value: var scraped }] && scraped > settled + 2.5);
        Moment = (await ScrapedAsync()).ToString("F3", CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        if (prometheus is not null) await prometheus.DisposeAsync();
        if (exporter is not null) await exporter.DisposeAsync();
        if (search is not null) await search.DisposeAsync();
    }

    /// <summary>Options that switch on every family that is off by default.</summary>
    private static string[] Families => ["--families", "locality,workload,node,backend,external", "--interface-metrics", "true"];

    private async Task<double> ScrapedAsync() => (await prometheus.QueryAsync("max(timestamp(sflow_exporter_build_info))"))[0].Value;

    private void Add(LabTruth truth, IReadOnlyDictionary<string, string> namespaces)
    {
        foreach ((string pair, (double packets, double bytes)) in truth.SentBetween(namespaces))
        {
            (double Packets, double Bytes) before = Between.GetValueOrDefault(pair);
            Between[pair] = (before.Packets + packets, before.Bytes + bytes);
        }
        foreach (JsonElement flow in truth.SentFlows())
            Sent = (Sent.Packets + flow.GetProperty("packets").GetDouble(), Sent.Bytes + flow.GetProperty("frame_bytes").GetDouble());
    }

    /// <summary>Namespaces of pod addresses, by the inventory.</summary>
    private static Dictionary<string, string> Namespaces()
    {
        JsonElement[] pods = [.. Read(File(captures[0], "inventory.json")).GetProperty("items").EnumerateArray()
            .Where(item => item.GetProperty("kind").GetString() == "Pod" && !item.GetProperty("spec").TryGetProperty("hostNetwork", out _))];
        return pods.SelectMany(pod => pod.GetProperty("status").GetProperty("podIPs").EnumerateArray(), (pod, address) => (pod, address)).ToDictionary(
            pair => pair.address.GetProperty("ip").GetString()!, pair => pair.pod.GetProperty("metadata").GetProperty("namespace").GetString()!);
    }

    private static JsonElement Read(string file)
    {
        using JsonDocument document = JsonDocument.Parse(System.IO.File.ReadAllBytes(file));
        return document.RootElement.Clone();
    }

    private static string File(string capture, string kind) => Path.Combine(SharedFolder.Repository, "tests", "captures", $"{capture}.{kind}");
}
