using System.Text.Json;
using System.Text.RegularExpressions;
using SFlow.EndToEnd.Tests.Services;
using SFlow.Tests;

namespace SFlow.EndToEnd.Tests.Lab;

/// <summary>A lab whose agents send to the running program, which names what it hears from a real API server.</summary>
internal sealed partial class WatchedLab : IAsyncDisposable
{
    /// <summary>Open vSwitch sends what it sampled within a second; then it has to get into the store.</summary>
    private static readonly TimeSpan Flush = TimeSpan.FromSeconds(2.5);

    /// <summary>Hosts whose packets pass br-int as pods' do.</summary>
    private static readonly string[] Management = ["n1-mp0", "n2-mp0"];

    private readonly ITestOutputHelper output;
    private readonly KubeApiServer server;

    /// <summary>Namespaces of the addresses of pods and Services; one that is gone keeps its last.</summary>
    private readonly Dictionary<string, string> namespaces = new(StringComparer.Ordinal);

    /// <summary>Namespaces that have or had pods.</summary>
    private readonly HashSet<string> populated = new(StringComparer.Ordinal);

    private WatchedLab(OvnLab lab, ExporterProcess exporter, KubeApiServer server, ITestOutputHelper output) => (Lab, Exporter, this.server, this.output) = (lab, exporter, server, output);

    public OvnLab Lab { get; }
    public ExporterProcess Exporter { get; }

    /// <summary>Flows and packets that were compared.</summary>
    public (int Flows, long Packets) Compared { get; private set; }

    /// <summary>What the program answered of the traffic that was made last.</summary>
    public IReadOnlyList<JsonElement> Records { get; private set; } = [];

    public static async Task<WatchedLab> StartAsync(KubeApiServer server, ITestOutputHelper output, string mode, params string[] options)
    {
        ExporterProcess exporter = await ExporterProcess.StartAsync("run", "--kubeconfig", server.Kubeconfig);
        await exporter.WaitForAsync(metrics => metrics.GetValueOrDefault("sflow_exporter_kubernetes_objects{kind=\"Pod\"}") >= 6 && metrics.GetValueOrDefault("sflow_exporter_kubernetes_objects{kind=\"Node\"}") >= 2);
        WatchedLab watched = new(await OvnLab.StartAsync(mode, exporter.Port, options), exporter, server, output);
        await Task.Delay(Flush);
        return watched;
    }

    /// <summary>
    /// Makes traffic and holds against its truth what the program counted, flow by flow by its records and in sums by its metrics;
    /// the metrics of each pair of namespaces also without the records between.
    /// </summary>
    /// <param name="shape">What is special about the traffic.</param>
    /// <param name="flows">The traffic, see traffic.py.</param>
    public async Task<LabTruth> ExactAsync(string shape, string flows)
    {
        long before = await StoredFlows.PositionAsync(Exporter);
        await LearnNamespacesAsync();
        Dictionary<string, double> old = await Exporter.MetricsAsync();
        JsonElement root = await Lab.TrafficAsync(flows);
        await Task.Delay(Flush);
        Records = await StoredFlows.AfterAsync(Exporter, before);
        Dictionary<string, double> now = await Exporter.MetricsAsync();

        LabTruth truth = new(root, Management);
        LabFlows sent = truth.Sent(), counted = truth.Counted(Records);
        Assert.NotEmpty(sent);
        Assert.True(sent.SequenceEqual(counted), $"{shape}: sent here, counted there\n{sent.Difference(counted)}");
        AssertMetricsAgree(shape, old, now);
        SortedDictionary<string, (double, double)> between = truth.SentBetween(namespaces), grown = Grown(old, now);
        Assert.NotEmpty(between);
        Assert.True(between.SequenceEqual(grown), $"{shape}: sent {string.Join(' ', between.Except(grown))}, counted {string.Join(' ', grown.Except(between))}");
        Compared = (Compared.Flows + sent.Count, Compared.Packets + sent.Values.Sum(flow => flow.Packets));
        output.WriteLine($"{shape}: {counted} equal the truth, difference 0; so do {between.Count} pairs of namespaces in the metrics");
        return truth;
    }

    private async Task LearnNamespacesAsync()
    {
        using JsonDocument list = JsonDocument.Parse(await server.KubectlAsync("", "get", "pods,services", "-A", "-o", "json"));
        foreach (JsonElement item in list.RootElement.GetProperty("items").EnumerateArray())
        {
            JsonElement spec = item.GetProperty("spec");
            IEnumerable<string> addresses = spec.TryGetProperty("clusterIPs", out JsonElement cluster) ? cluster.EnumerateArray().Select(address => address.GetString()!)
                : spec.TryGetProperty("hostNetwork", out _) || !item.GetProperty("status").TryGetProperty("podIPs", out JsonElement own) ? []
                : own.EnumerateArray().Select(address => address.GetProperty("ip").GetString()!);
            string space = item.GetProperty("metadata").GetProperty("namespace").GetString()!;
            foreach (string address in addresses) namespaces[address] = space;
            if (item.GetProperty("kind").GetString() == "Pod") populated.Add(space);
        }
    }

    /// <summary>By how much the metrics of each pair of namespaces grew, over all services; what begins with @ is no namespace.</summary>
    private SortedDictionary<string, (double Packets, double Bytes)> Grown(Dictionary<string, double> old, Dictionary<string, double> now)
    {
        SortedDictionary<string, (double Packets, double Bytes)> pairs = new(StringComparer.Ordinal);
        foreach ((string series, double value) in now)
        {
            double grown = value - old.GetValueOrDefault(series);
            // Nobody sends from a namespace without pods; OVN itself refuses for a Service without backends.
            if (grown == 0 || Pair().Match(series) is not { Success: true } match || !populated.Contains(match.Groups["source"].Value)) continue;
            string pair = $"{match.Groups["source"].Value} > {match.Groups["destination"].Value}";
            (double packets, double bytes) = pairs.GetValueOrDefault(pair);
            pairs[pair] = match.Groups["what"].Value == "bytes" ? (packets, bytes + grown) : (packets + grown, bytes);
        }
        return pairs;
    }

    /// <summary>
    /// Packets and bytes of every pair of namespaces and service grew by what the counted records say; ARP and neighbour discovery, which come at any
    /// time, left out.
    /// </summary>
    private void AssertMetricsAgree(string shape, Dictionary<string, double> old, Dictionary<string, double> now)
    {
        SortedDictionary<string, double> byRecords = new(StringComparer.Ordinal), byMetrics = new(StringComparer.Ordinal);
        foreach (JsonElement record in Records.Where(record => record.GetProperty("sflow.counted").GetBoolean() && LabTruth.Text(record, "sflow.source_namespace") != "@link"))
        {
            string labels = $"{{source_namespace=\"{LabTruth.Text(record, "sflow.source_namespace")}\",destination_namespace=\"{LabTruth.Text(record, "sflow.destination_namespace")}\",server_service=\"{LabTruth.Text(record, "sflow.server_service")}\"}}";
            foreach ((string metric, string field) in ((string, string)[])[("sflow_flow_bytes_total", "network.bytes"), ("sflow_flow_packets_total", "network.packets")])
                byRecords[metric + labels] = byRecords.GetValueOrDefault(metric + labels) + record.GetProperty(field).GetDouble();
        }
        foreach ((string series, double value) in now)
            if (Volume().IsMatch(series) && value > old.GetValueOrDefault(series)) byMetrics[series] = value - old.GetValueOrDefault(series);
        Assert.True(byRecords.SequenceEqual(byMetrics), $"{shape}: records {string.Join(' ', byRecords.Except(byMetrics))}, metrics {string.Join(' ', byMetrics.Except(byRecords))}");
    }

    public async ValueTask DisposeAsync()
    {
        await Lab.DisposeAsync();
        await Exporter.DisposeAsync();
    }

    [GeneratedRegex("^sflow_flow_(bytes|packets)_total\\{source_namespace=\"(?!@link)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Volume();

    [GeneratedRegex("^sflow_flow_(?<what>bytes|packets)_total\\{source_namespace=\"(?<source>[^@\"][^\"]*)\",destination_namespace=\"(?<destination>[^@\"][^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pair();
}
