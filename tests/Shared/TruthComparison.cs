using System.Text.Json;

namespace SFlow.Tests;

/// <summary>
/// Compares what a decoder printed with the truth: every value that the truth holds must be there and be the same.
/// It counts what it compared, so that a test can show that it compared anything.
/// </summary>
/// <param name="skippedKeys">Keys that the decoder at hand can't know.</param>
/// <param name="recordsWithoutView">Records that it passes over, such as <c>flow 0:2</c>; their values are not compared.</param>
public sealed class TruthComparison(string[] skippedKeys, string[] recordsWithoutView)
{
    /// <summary>Keys that only the truth has: who decoded what, and remarks about it.</summary>
    private static readonly HashSet<string> Remarks = new(StringComparer.Ordinal)
    {
        "decoded_by", "disagree", "layers", "inner_from", "sflowtool_raw", "sflowtool_error",
        "tshark_malformed", "tshark_desync", "framing_ok", "framing_error", "framing_notes", "tcp_flags_12bit",
    };

    /// <summary>Values compared, by record or part of the datagram.</summary>
    public SortedDictionary<string, long> Compared { get; } = new(StringComparer.Ordinal);

    /// <summary>The first differences, and how many there were.</summary>
    public List<string> Differences { get; } = [];

    public long Total => Compared.Values.Sum();

    public void Datagram(string place, JsonElement truth, JsonElement actual) => Compare("datagram", place, truth, actual);

    private void Compare(string part, string place, JsonElement truth, JsonElement actual)
    {
        switch (truth.ValueKind)
        {
            case JsonValueKind.Object:
                part = PartOf(part, truth);
                foreach (JsonProperty property in truth.EnumerateObject())
                {
                    if (Remarks.Contains(property.Name) || skippedKeys.Contains(property.Name) || property.Value.ValueKind == JsonValueKind.Null) continue;
                    if (property.Name == "values" && recordsWithoutView.Contains(part)) continue;
                    string at = $"{place}.{property.Name}";
                    string of = property.Name == "inner" ? "inner packet" : part;
                    if (actual.ValueKind == JsonValueKind.Object && actual.TryGetProperty(property.Name, out JsonElement value)) Compare(of, at, property.Value, value);
                    else Differences.Add($"{at}: truth {Brief(property.Value)}, missing");
                }
                break;
            case JsonValueKind.Array:
                int length = actual.ValueKind == JsonValueKind.Array ? actual.GetArrayLength() : -1;
                if (length != truth.GetArrayLength()) Differences.Add($"{place}: {truth.GetArrayLength()} elements in the truth, {length} here");
                for (int i = 0; i < Math.Min(length, truth.GetArrayLength()); i++) Compare(part, $"{place}[{i}]", truth[i], actual[i]);
                break;
            default:
                Compared[part] = Compared.GetValueOrDefault(part) + 1;
                if (truth.ToString() != actual.ToString()) Differences.Add($"{place}: truth {Brief(truth)}, here {Brief(actual)}");
                break;
        }
    }

    private static string PartOf(string part, JsonElement element)
    {
        if (!element.TryGetProperty("tag", out JsonElement tag)) return part;
        if (element.TryGetProperty("type", out JsonElement type)) return $"{type} sample";
        return part.StartsWith("counters", StringComparison.Ordinal) ? $"counter {tag}" : $"flow {tag}";
    }

    private static string Brief(JsonElement element)
    {
        string text = element.ToString();
        return text.Length > 80 ? text[..80] + "..." : text;
    }
}
