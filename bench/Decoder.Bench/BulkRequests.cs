using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using SFlow.Exporter.Commands;
using SFlow.Exporter.Elasticsearch;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline.Filters;

namespace SFlow.Bench;

/// <summary>
/// Bulk requests of 2,000 documents of a capture, two at once, to a server that stores nothing: by Elastic's transport as the exporter sends them, and by
/// <see cref="HttpClient"/>. The server is a process of its own. One line for each way: CPU and allocated bytes a request.
/// </summary>
internal static class BulkRequests
{
    private const int Documents = 2_000, Requests = 300, AtOnce = 2, Rounds = 5;

    public static async Task MeasureAsync(string capture)
    {
        using Process server = BulkSink.Start(out Uri url);
        try
        {
            BulkBody[] bodies = [.. Enumerable.Range(0, AtOnce).Select(_ => Body(capture))];
            using SearchTransport transport = new(new ElasticsearchOptions { Url = url.ToString() }, TimeProvider.System, NullLogger.Instance);
            using PlainHttpClient client = new(url);
            (string Name, Func<BulkBody, Task> Send)[] ways =
            [
                ("HttpClient", body => client.SendAsync(body)),
                ("Elastic's transport", body => SendAsync(transport, body)),
                ("compression alone", body => Task.FromResult(body.Pack())),
            ];
            Dictionary<string, List<(double Cpu, double Bytes)>> all = ways.ToDictionary(way => way.Name, _ => new List<(double, double)>());
            foreach ((string _, Func<BulkBody, Task> send) in ways) await RunAsync(bodies, send);
            for (int round = 0; round < Rounds; round++)
                foreach ((string name, Func<BulkBody, Task> send) in ways) all[name].Add(await RunAsync(bodies, send));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"body: {Documents} documents, {bodies[0].Length} bytes, {bodies[0].Pack().Length} compressed; median (least-most) of {Rounds} rounds of {Requests} requests"));
            foreach ((string name, List<(double Cpu, double Bytes)> rounds) in all)
                Console.WriteLine($"{name}\tCPU ms a request {Middle(rounds.Select(round => round.Cpu))}\tallocated KiB a request {Middle(rounds.Select(round => round.Bytes))}");
        }
        finally
        {
            server.Kill();
        }
    }

    private static async Task SendAsync(SearchTransport transport, BulkBody body)
    {
        SearchResponse response = await transport.BulkAsync("logs/_bulk", body.Pack(), compressed: true, CancellationToken.None);
        if (!response.IsSuccess) throw new InvalidOperationException(response.ToString());
    }

    private static async Task<(double CpuMilliseconds, double KiB)> RunAsync(BulkBody[] bodies, Func<BulkBody, Task> send)
    {
        GC.Collect();
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        TimeSpan before = Environment.CpuUsage.TotalTime;
        await Task.WhenAll(bodies.Select(body => Task.Run(async () =>
        {
            for (int i = 0; i < Requests / AtOnce; i++) await send(body);
        })));
        return ((Environment.CpuUsage.TotalTime - before).TotalMilliseconds / Requests, (GC.GetTotalAllocatedBytes(precise: true) - allocated) / 1024.0 / Requests);
    }

    private static BulkBody Body(string capture)
    {
        using MemoryStream documents = new();
        RecordsCommand.Run(capture, new Settings(), FlowFilter.Everything, documents);
        string[] lines = Encoding.UTF8.GetString(documents.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        BulkBody body = new(64 * 1024 * 1024);
        for (int i = 0; i < Documents; i++)
            body.TryAdd(Encoding.UTF8.GetBytes($"{{\"create\":{{\"_id\":\"{Convert.ToHexString(BitConverter.GetBytes((ulong)(i + 1) * 0x9E3779B97F4A7C15UL))}0000000000000000\"}}}}\n{lines[i % lines.Length]}\n"));
        return body;
    }

    private static string Middle(IEnumerable<double> rounds)
    {
        double[] sorted = [.. rounds.Order()];
        return string.Create(CultureInfo.InvariantCulture, $"{sorted[sorted.Length / 2]:F2} ({sorted[0]:F2}-{sorted[^1]:F2})");
    }
}
