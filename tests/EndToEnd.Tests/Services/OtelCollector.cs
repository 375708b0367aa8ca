using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using SFlow.Tests;

namespace SFlow.EndToEnd.Tests.Services;

/// <summary>A real OpenTelemetry Collector, and what it received.</summary>
internal sealed partial class OtelCollector : IAsyncDisposable
{
    private readonly Process process;
    private readonly DirectoryInfo folder;

    private OtelCollector(Process process, DirectoryInfo folder) => (this.process, this.folder) = (process, folder);

    public int GrpcPort { get; private init; }
    public int HttpPort { get; private init; }

    public static async Task<OtelCollector> StartAsync()
    {
        string start = Path.Combine(SharedFolder.Require("services", "otel-collector"), "start");
        DirectoryInfo scratch = Directory.CreateTempSubdirectory("sflow-otel-");
        Process started = Process.Start(new ProcessStartInfo(start, ["--data", scratch.FullName]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        _ = started.StandardError.ReadToEndAsync();
        string line = await started.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(2)) ?? "";
        Match ready = Ready().Match(line);
        Assert.True(ready.Success, $"the collector said: {line}");
        return new OtelCollector(started, scratch)
        {
            GrpcPort = int.Parse(ready.Groups["grpc"].Value, CultureInfo.InvariantCulture), HttpPort = int.Parse(ready.Groups["http"].Value, CultureInfo.InvariantCulture),
        };
    }

    /// <summary>The newest value of each series of a metric, by its attributes as <c>a=b,c=d</c>, and the attributes of the resource.</summary>
    public (Dictionary<string, decimal> Series, Dictionary<string, string> Resource) Read(string metric)
    {
        Dictionary<string, decimal> series = [];
        Dictionary<string, string> resource = [];
        string file = Path.Combine(folder.FullName, "metrics.json");
        if (!File.Exists(file)) return (series, resource);
        using StreamReader reader = new(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        string text = reader.ReadToEnd();
        foreach (string line in text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            foreach (JsonElement sender in document.RootElement.GetProperty("resourceMetrics").EnumerateArray())
            {
                resource = Attributes(sender.GetProperty("resource")).ToDictionary(pair => pair.Name, pair => pair.Value);
                foreach (JsonElement sum in sender.GetProperty("scopeMetrics").EnumerateArray().SelectMany(scope => scope.GetProperty("metrics").EnumerateArray()).Where(one => one.GetProperty("name").GetString() == metric))
                {
                    Assert.True(sum.GetProperty("sum").GetProperty("isMonotonic").GetBoolean());
                    Assert.Equal(2, sum.GetProperty("sum").GetProperty("aggregationTemporality").GetInt32());
                    series.Clear();
                    foreach (JsonElement point in sum.GetProperty("sum").GetProperty("dataPoints").EnumerateArray())
                        series.Add(string.Join(',', Attributes(point).Select(pair => $"{pair.Name}={pair.Value}").Order(StringComparer.Ordinal)), decimal.Parse(point.GetProperty("asInt").GetString()!, CultureInfo.InvariantCulture));
                }
            }
        }
        return (series, resource);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        folder.Delete(recursive: true);
    }

    private static IEnumerable<(string Name, string Value)> Attributes(JsonElement of) =>
        of.TryGetProperty("attributes", out JsonElement attributes)
            ? attributes.EnumerateArray().Select(pair => (pair.GetProperty("key").GetString()!, pair.GetProperty("value").GetProperty("stringValue").GetString()!)) : [];

    [GeneratedRegex(@"^ready grpc=127\.0\.0\.1:(?<grpc>\d+) http=127\.0\.0\.1:(?<http>\d+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Ready();
}
