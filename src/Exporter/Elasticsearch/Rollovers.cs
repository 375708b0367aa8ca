using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SFlow.Exporter.Elasticsearch;

/// <summary>
/// Finds records that the data stream has in a former index. An id is unique in one backing index, not in the stream: after a rollover, a retry or a second
/// exporter that hears the same agents would write records again. So records that are older than the index that is written now are looked up. Any thread may call.
/// </summary>
internal sealed class Rollovers(ISearchTransport server, StreamName stream, TimeProvider time, ILogger logger)
{
    /// <summary>Ids of one question.</summary>
    private const int IdsAtOnce = 1_000;

    /// <summary>By how much the clock of the server may differ from the one here. For as long after a rollover, all records are looked up.</summary>
    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(10);

    /// <summary>A server that refuses the question is not asked before every request: it may write each refusal into its audit log.</summary>
    private static readonly TimeSpan Refused = TimeSpan.FromMinutes(10);

    private readonly string path = $"{stream.Name}/_settings/index.creation_date?flat_settings=true";
    private long refusedAt;
    private bool isSaid;

    /// <summary>Looks for the records of a body in the indices that were written since its first attempt or its earliest record, without the one that is written now.</summary>
    /// <param name="body">The records.</param>
    /// <param name="began">When the first attempt was made.</param>
    /// <param name="isUncertain">An attempt got no clear response: the server is asked even if it refused lately.</param>
    /// <param name="deadline">Ends the search.</param>
    /// <returns>Places of the records that are there; null if the server does not respond now.</returns>
    public async Task<IReadOnlyCollection<int>?> FindAsync(BulkBody body, DateTimeOffset began, bool isUncertain, CancellationToken deadline)
    {
        if (!isUncertain && Volatile.Read(ref refusedAt) is not 0 and long refused && time.GetElapsedTime(refused) < Refused) return [];
        SearchResponse answer = await server.GetAsync(path, deadline);
        // The stream does not exist yet, or the exporter may not ask: then it sends as if there had been no rollover.
        if (answer.Status == 404) return [];
        if (!answer.IsSuccess) return answer.IsTransient ? null : NotAllowed(answer);
        HashSet<int> found = [];
        try
        {
            DateTimeOffset since = body.Earliest() is { } earliest && earliest < began ? earliest : began;
            foreach (string index in FormerIndices(answer.Body, since - ClockDifference))
                for (int first = 0; first < body.Count; first += IdsAtOnce)
                    if (await FindAsync(index, body, first, found, deadline) is { IsSuccess: false } refusal) return refusal.IsTransient && refusal.Status != 404 ? null : NotAllowed(refusal);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // Something on the way answers for the server.
            return NotAllowed(answer);
        }
        return found;
    }

    private async Task<SearchResponse> FindAsync(string index, BulkBody body, int first, HashSet<int> found, CancellationToken deadline)
    {
        Dictionary<string, int> places = new(StringComparer.Ordinal);
        for (int place = first; place < Math.Min(body.Count, first + IdsAtOnce); place++) places[BulkAction.IdOf(body.Item(place))] = place;
        JsonObject question = new() { ["ids"] = new JsonArray([.. places.Keys.Select(id => (JsonNode)id)]) };
        SearchResponse answer = await server.PostAsync($"{index}/_mget?_source=false&filter_path=docs._id,docs.found", Encoding.UTF8.GetBytes(question.ToJsonString()), deadline);
        if (!answer.IsSuccess) return answer;
        using JsonDocument json = JsonDocument.Parse(answer.Body);
        foreach (JsonElement document in json.RootElement.GetProperty("docs"u8).EnumerateArray())
            if (document.TryGetProperty("found"u8, out JsonElement isThere) && isThere.ValueKind == JsonValueKind.True && places.TryGetValue(document.GetProperty("_id"u8).GetString()!, out int place))
                found.Add(place);
        return answer;
    }

    /// <summary>Indices that were the newest one at some time since then, without the newest one of now.</summary>
    private static IEnumerable<string> FormerIndices(ReadOnlyMemory<byte> body, DateTimeOffset since)
    {
        using JsonDocument json = JsonDocument.Parse(body);
        List<(long Created, string Name)> indices = [];
        foreach (JsonProperty index in json.RootElement.EnumerateObject())
            if (index.Value.TryGetProperty("settings"u8, out JsonElement settings) && settings.TryGetProperty("index.creation_date"u8, out JsonElement created)
                && long.TryParse(created.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out long milliseconds)) indices.Add((milliseconds, index.Name));
        indices.Sort();
        return [.. indices.Zip(indices.Skip(1)).Where(pair => pair.Second.Created >= since.ToUnixTimeMilliseconds()).Select(pair => pair.First.Name)];
    }

    private IReadOnlyCollection<int> NotAllowed(SearchResponse answer)
    {
        Volatile.Write(ref refusedAt, time.GetTimestamp());
        if (!isSaid) logger.RolloverNotAsked(server.Host, answer, stream.Name);
        isSaid = true;
        return [];
    }
}
