using System.Globalization;
using System.Text.Json;
using SFlow.Tests;

namespace SFlow.EndToEnd.Tests.Lab;

/// <summary>
/// What pods received from unsampled peers: never above the payload that came over the pod's own interface, and nearly all of it where it
/// was much.
/// </summary>
public sealed class ReceivedTests(LabCluster cluster, ITestOutputHelper output) : IClassFixture<LabCluster>
{
    [Fact]
    public async Task Of_each_connection_at_least_95_per_cent_and_never_above()
    {
        await using WatchedLab lab = await WatchedLab.StartAsync(await cluster.ServerAsync(), output, "ovn");
        await lab.Lab.DrawServicesAsync();
        double before = Total(await lab.Exporter.MetricsAsync());
        LabTruth truth = await lab.ExactAsync("downloads", Shapes.Downloads);
        Dictionary<string, Download> made = Made(truth.Root.GetProperty("made")).ToDictionary(download => download.Port, StringComparer.Ordinal);

        // The client's port distinguishes the connections, also behind a NodePort.
        Dictionary<(Download, bool Client), long> found = [];
        foreach (JsonElement record in lab.Records)
        {
            if (LabTruth.Text(record, "sflow.acknowledged_bytes") is not { Length: > 0 } bytes) continue;
            bool client = made.TryGetValue(LabTruth.Text(record, "source.port"), out Download? download);
            if (!client) download = made[LabTruth.Text(record, "destination.port")];
            found[(download!, client)] = found.GetValueOrDefault((download!, client)) + long.Parse(bytes, CultureInfo.InvariantCulture);
        }
        int large = 0;
        foreach (((Download connection, bool client), long bytes) in found)
        {
            long most = client ? connection.Answers : connection.Requests;
            output.WriteLine($"{connection}: at least {bytes} of {most}");
            Assert.InRange(bytes, 0, most);
            if (most <= 100_000 || !connection.Whole) continue;
            Assert.True(bytes >= most * 95 / 100, $"{connection}: {bytes} of {most}");
            large++;
        }
        Assert.True(large >= 8, $"{large} connections above 100 kB of {found.Count}");
        Assert.Equal(found.Values.Sum(), Total(await lab.Exporter.MetricsAsync()) - before);
        // Behind these Services stand pods, whose own nodes sample what they send.
        await lab.ExactAsync("Services", Shapes.Services);
        Assert.DoesNotContain(lab.Records, record => record.TryGetProperty("sflow.acknowledged_bytes", out _));
        TestContext.Current.SendDiagnosticMessage($"{found.Count} connections with {found.Values.Sum()} bytes, none above the truth; {large} above 100 kB, each at least 95 %");
    }

    /// <param name="Port">The client's.</param>
    /// <param name="Requests">Payload bytes that the server got.</param>
    /// <param name="Answers">Payload bytes that the client got at most.</param>
    /// <param name="Whole">Whether it got all of them.</param>
    private sealed record Download(string Port, long Requests, long Answers, bool Whole);

    private static IEnumerable<Download> Made(JsonElement flows)
    {
        foreach (JsonElement flow in flows.EnumerateArray())
        {
            if (flow[0].ValueKind == JsonValueKind.Array)
                foreach (Download download in Made(flow)) yield return download;
            else if (flow[0].GetString() == "tcp")
                yield return new(flow[4].ToString(), flow[5].GetInt64() * flow[6].GetInt64(), flow[5].GetInt64() * flow[7].GetInt64(), true);
            else if (flow[0].GetString() == "aborted") yield return new(flow[4].ToString(), 100, flow[5].GetInt64(), false);
        }
    }

    private static double Total(Dictionary<string, double> metrics) =>
        metrics.Where(metric => metric.Key.StartsWith("sflow_acknowledged_bytes_total{", StringComparison.Ordinal)).Sum(metric => metric.Value);
}
