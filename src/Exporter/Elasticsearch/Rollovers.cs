using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SFlow.Exporter.Elasticsearch;

/// <summary>
/// Finds records that an earlier attempt wrote before the data stream rolled over. An id is unique in one backing index, not in the stream: if the response
/// was lost and a new index is written since, the retry would write the records again. It asks only then. Any thread may call.
/// </summary>
internal sealed class Rollovers(ISearchTransport server, StreamName stream, ILogger logger)
{
    /// <summary>Ids of one question.</summary>
    private const int IdsAtOnce = 1_000;

    /// <summary>By how much the clock of the server may differ from the one here.</summary>
    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(10);

    private bool isSaid;

    /// <summary>Looks for the records of a body in the indices that were written since a time, without the one that is written now.</summary>
    /// <returns>Places of the records that are there; null if the server does not respond now.</returns>
    public async Task<IReadOnlyCollection<int>?> FindAsync(BulkBody body, DateTimeOffset since, CancellationToken deadline)
    {
        SearchResponse answer = await server.GetAsync($"{stream.Name}/_settings/index.creation_date?flat_settings=true", deadline);
        // The stream does not exist yet, or the exporter may not ask: then it sends as if there had been no rollover.
        if (answer.Status == 404) return [];
        if (!answer.IsSuccess) return answer.IsTransient ? null : NotAllowed(answer);
        HashSet<int> found = [];
        try
        {
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
        if (!isSaid) logger.RolloverNotAsked(server.Host, answer, stream.Name);
        isSaid = true;
        return [];
    }
}
