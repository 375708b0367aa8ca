using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SFlow.Exporter.Elasticsearch.Setup;

/// <summary>What a server has in the place of a request of the setup.</summary>
internal static class SetupState
{
    /// <summary>Our part is there, or a later release of the exporter has put its own, which stays.</summary>
    /// <param name="request">One of ours.</param>
    /// <param name="answer">Answer to the GET.</param>
    public static bool IsThere(SetupRequest request, SearchResponse answer)
    {
        if (!answer.IsSuccess) return false;
        if (!request.IsOurs) return true;
        if (Find(answer.Body, request.Body!) is not { } there) return false;
        int version = Number(there["version"]), own = Number(request.Body!["version"]);
        return version > own || version == own && Text(there["_meta"]?["hash"] ?? there["description"]) == Text(request.Body["_meta"]?["hash"] ?? request.Body["description"]);
    }

    /// <summary>The parts of ours that the server has otherwise: their path, what is there and what should be.</summary>
    public static IEnumerable<string> Differences(SetupRequest request, SearchResponse answer)
    {
        if (request.Body is null) return [];
        return Find(answer.Body, request.Body) is { } there ? Compare("", request.Body, there) : ["the content has another form"];
    }

    /// <summary>Answers wrap what was put in lists and objects with names: the first object inside that has all of our keys.</summary>
    private static JsonObject? Find(ReadOnlyMemory<byte> json, JsonObject ours)
    {
        try
        {
            return Find(JsonNode.Parse(json.Span), ours);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonObject? Find(JsonNode? node, JsonObject ours) => node switch
    {
        JsonObject found when ours.All(member => member.Key == "_meta" || found.ContainsKey(member.Key)) => found,
        JsonObject other => other.Select(member => Find(member.Value, ours)).FirstOrDefault(found => found is not null),
        JsonArray list => list.Select(entry => Find(entry, ours)).FirstOrDefault(found => found is not null),
        _ => null,
    };

    private static IEnumerable<string> Compare(string path, JsonNode? ours, JsonNode? theirs)
    {
        switch (ours)
        {
            case JsonObject members:
                return members.SelectMany(member => Compare(path.Length == 0 ? member.Key : $"{path}.{member.Key}", member.Value, (theirs as JsonObject)?[member.Key]));
            case JsonArray list when theirs is JsonArray same && same.Count == list.Count:
                return list.Zip(same).SelectMany((pair, place) => Compare($"{path}[{place}]", pair.First, pair.Second));
            default:
                // A free priority above ours is as good: another template has ours.
                if (Text(ours) == Text(theirs) || path == "priority" && Number(theirs) > Number(ours)) return [];
                return [theirs is null ? $"{path} is missing, and should be {Text(ours)}" : $"{path} is {Text(theirs)}, and should be {Text(ours)}"];
        }
    }

    /// <summary>Servers give numbers and truth values of settings as text.</summary>
    private static string Text(JsonNode? node) => node is JsonValue value ? value.ToString() : node?.ToJsonString() ?? "";

    private static int Number(JsonNode? node) => int.TryParse(Text(node), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
}
