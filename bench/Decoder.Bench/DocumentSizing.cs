using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using SFlow.Exporter.Commands;
using SFlow.Exporter.Elasticsearch;
using SFlow.Exporter.Elasticsearch.RollUp;
using SFlow.Exporter.Elasticsearch.Setup;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Bench;

/// <summary>
/// Bytes that a document takes on the disk of a real server, after its segments are merged into one: records of a capture as single documents, and combined by
/// windows of several lengths. Mapping and settings are those of the setup. One line of a Markdown table each.
/// </summary>
internal static class DocumentSizing
{
    private const int Records = 200_000, BodyBytes = 5 * 1024 * 1024;

    /// <param name="server">An OpenSearch or Elasticsearch whose data may be deleted.</param>
    /// <param name="rate">Records a second, by which their times are set: it decides how many records fall into one window.</param>
    /// <param name="capture">Traffic.</param>
    /// <param name="inventory">Names for it.</param>
    public static async Task MeasureAsync(Uri server, int rate, string capture, string? inventory)
    {
        (CapturePipeline line, List<Flow> collected) = CollectedFlows.Of(capture, inventory);
        Flow[] flows = [.. Enumerable.Range(0, Records).Select(index => Later(collected[index % collected.Count], index, index / collected.Count, rate))];

        using HttpClient client = new() { BaseAddress = server, Timeout = TimeSpan.FromMinutes(5) };
        Console.WriteLine("| roll-up | documents | records a document | bytes a document sent | bytes a document on disk | bytes a record on disk |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (int seconds in (int[])[0, 10, 30, 60])
        {
            string index = $"sizing-{seconds}";
            await AskAsync(client, HttpMethod.Delete, $"/{index}?ignore_unavailable=true", null);
            JsonNode body = Templates.SettingsComponent(ServerProfile.Of("opensearch-2")!, new ElasticsearchOptions(), hasPolicy: false, hasStreamLifecycle: false)["template"]!;
            await AskAsync(client, HttpMethod.Put, $"/{index}", Json(new JsonObject { ["settings"] = body["settings"]!.DeepClone(), ["mappings"] = Templates.Mapping() }));
            (long documents, long sent) = await FillAsync(client, index, flows, line.Registries, seconds);
            await AskAsync(client, HttpMethod.Post, $"/{index}/_refresh", null);
            await AskAsync(client, HttpMethod.Post, $"/{index}/_forcemerge?max_num_segments=1&flush=true", null);
            JsonNode stats = (await AskAsync(client, HttpMethod.Get, $"/{index}/_stats/store,docs", null))["indices"]![index]!["primaries"]!;
            long there = (long)stats["docs"]!["count"]!, bytes = (long)stats["store"]!["size_in_bytes"]!;
            if (there != documents) throw new InvalidOperationException($"{documents} documents were sent, and {there} are there");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {(seconds == 0 ? "none" : $"{seconds}s")} | {documents} | {(double)Records / documents:F2} | {sent / documents} | {bytes / documents} | {bytes / Records} |"));
        }
    }

    private static async Task<(long Documents, long Bytes)> FillAsync(HttpClient client, string index, Flow[] flows, Registries names, int seconds)
    {
        BulkItemWriter items = new(new EcsDocument(names), TimeProvider.System);
        ElasticsearchOptions options = new() { RollupWindow = TimeSpan.FromSeconds(Math.Max(1, seconds)), RollupConversations = 1_000_000 };
        Rollup rollup = new(options, names, new RollupStats(), TimeProvider.System);
        BulkBody body = new(BodyBytes);
        long documents = 0, bytes = 0;
        items.Begin();
        foreach (Flow flow in flows)
        {
            if (seconds == 0)
            {
                await AddAsync(items.Write(flow).ToArray());
                continue;
            }
            rollup.Add(flow);
            rollup.Close(flow.TimestampNanoseconds);
            await DrainAsync();
        }
        rollup.CloseAll(RollupClose.Stop);
        await DrainAsync();
        await SendAsync();
        return (documents, bytes);

        async Task DrainAsync()
        {
            for (; rollup.Next is { } group; rollup.Done()) await AddAsync(items.Write(group).ToArray());
        }

        async Task AddAsync(byte[] item)
        {
            if (!body.TryAdd(item))
            {
                await SendAsync();
                body.TryAdd(item);
            }
            documents++;
            bytes += item.Length;
        }

        async Task SendAsync()
        {
            ByteArrayContent content = new(body.Bytes.ToArray());
            content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
            JsonNode answer = await AskAsync(client, HttpMethod.Post, $"/{index}/_bulk?filter_path=errors", content);
            if ((bool)answer["errors"]!) throw new InvalidOperationException("the server refused documents");
            body.Clear();
        }
    }

    /// <summary>The same sample of a later round: other times, sequences and identity, so that nothing is there twice.</summary>
    private static Flow Later(Flow flow, int index, int round, int rate)
    {
        flow.IdHigh ^= (uint)index * 0x9E37_79B9_7F4A_7C15;
        flow.TimestampNanoseconds = 2_000_000_000_000_000_000 + index * (UnixTime.Second / rate);
        flow.UptimeMilliseconds += (uint)(index * 1_000L / rate);
        flow.DatagramSequence += (uint)round * 100_000;
        flow.SampleSequence += (uint)round * 100_000;
        flow.SamplePool += (uint)round * 40_000_000;
        flow.TcpSequence += (uint)round * 1_000_003;
        return flow;
    }

    private static StringContent Json(JsonObject body) => new(body.ToJsonString(), Encoding.UTF8, "application/json");

    private static async Task<JsonNode> AskAsync(HttpClient client, HttpMethod method, string path, HttpContent? content)
    {
        using HttpRequestMessage request = new(method, path) { Content = content };
        using HttpResponseMessage response = await client.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? JsonNode.Parse(text)! : throw new InvalidOperationException($"{method} {path}: {text}");
    }
}
