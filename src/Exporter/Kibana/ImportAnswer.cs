using System.Text.Json;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Kibana;

/// <summary>Reads what the server answered to an import.</summary>
internal static class ImportAnswer
{
    private const int LongestReason = 300;

    public static ImportResult Read(KibanaTarget target, int status, byte[] body)
    {
        string host = target.Url.Authority;
        using JsonDocument? answer = Parse(body);
        if (status is >= 200 and < 300)
        {
            return answer?.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("success", out JsonElement success)
                ? Outcome(root, success.ValueKind == JsonValueKind.True)
                : ImportResult.Failed($"{host} does not answer like Kibana or OpenSearch Dashboards. Check the URL, with its path prefix.");
        }
        string reason = answer?.RootElement is { ValueKind: JsonValueKind.Object } error && Text(error, "message") is { Length: > 0 } message ? $" The server says: {Short(message)}" : "";
        return ImportResult.Failed($"{host} {Why(target, status)}{reason}");
    }

    private static string Why(KibanaTarget target, int status) => status switch
    {
        >= 300 and < 400 => $"redirects the import (status {status}), for example to a login page. Use the URL that the redirect leads to, and credentials that the API accepts.",
        401 => "wants credentials (status 401). Give an API key, or a user and the file of the password.",
        403 => "does not allow the import (status 403). The user needs all privileges for saved objects management in this space.",
        404 when target.Space.Length > 0 => $"does not have the space {target.Space}, or is not Kibana (status 404). OpenSearch Dashboards has no spaces.",
        404 => "is not Kibana or OpenSearch Dashboards (status 404). Check the URL, with its path prefix.",
        413 => "does not accept a file of this size (status 413). Raise savedObjects.maxImportPayloadBytes, or the limit of the proxy.",
        _ => $"answered with status {status}.",
    };

    private static ImportResult Outcome(JsonElement root, bool success)
    {
        int imported = root.TryGetProperty("successCount", out JsonElement count) && count.TryGetInt32(out int number) ? number : 0;
        if (success) return new ImportResult(imported, [], "");
        List<string> kept = [], problems = [];
        if (root.TryGetProperty("errors", out JsonElement errors) && errors.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement entry in errors.EnumerateArray().Where(entry => entry.ValueKind == JsonValueKind.Object))
            {
                string title = Title(entry);
                JsonElement error = entry.TryGetProperty("error", out JsonElement given) ? given : default;
                if (Text(error, "type") == "conflict") kept.Add(title);
                else problems.Add($"{title}: {Reason(error)}");
            }
        }
        return problems.Count == 0 && kept.Count > 0
            ? new ImportResult(imported, kept, "")
            : new ImportResult(imported, kept, $"{imported} saved objects were imported, others were refused: {(problems.Count > 0 ? ImportResult.List(problems) : "the server does not say why")}.");
    }

    private static string Title(JsonElement entry)
    {
        string title = Text(entry, "title");
        if (title.Length == 0 && entry.TryGetProperty("meta", out JsonElement meta)) title = Text(meta, "title");
        return title.Length > 0 ? title : $"{Text(entry, "type")} {Text(entry, "id")}";
    }

    private static string Reason(JsonElement error) => Text(error, "type") switch
    {
        "unsupported_type" => "the server does not know this type",
        "missing_references" => "an object that it needs is missing",
        "ambiguous_conflict" => "several objects of the server are its copies",
        _ => Text(error, "message") is { Length: > 0 } message ? Short(message) : "no reason given",
    };

    private static JsonDocument? Parse(byte[] body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Text of a server on one line.</summary>
    private static string Short(string text)
    {
        string clean = CleanText.Of(text).Trim();
        return clean.Length <= LongestReason ? clean : clean[..LongestReason] + "…";
    }

    private static string Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
}
