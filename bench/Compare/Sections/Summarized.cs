using System.Text.Json;
using SFlow.Compare.Machine;

namespace SFlow.Compare.Sections;

/// <summary>What <c>summarize --json</c> counted of a capture.</summary>
internal sealed record Summarized(long Samples, long Datagrams, long Packets, long Bytes, double Named)
{
    public static Summarized Of(Tools tools, Workspace workspace, Capture capture, IReadOnlyList<string> options)
    {
        string output = workspace.PathOf("summary.json");
        Child.Run([tools.Program, "summarize", capture.Path, "--json", .. options], output: output);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(output));
        JsonElement root = document.RootElement, total = root.GetProperty("total");
        long named = root.GetProperty("series").EnumerateArray().Where(IsNamed).Sum(series => series.GetProperty("samples").GetInt64());
        long counted = total.GetProperty("samples").GetInt64();
        long packets = total.GetProperty("packets").GetInt64(), bytes = total.GetProperty("bytes").GetInt64();
        return new Summarized(Sum(root, "samples"), Sum(root, "datagrams"), packets, bytes, (double)named / counted);
    }

    /// <summary>Of whatever outcome.</summary>
    private static long Sum(JsonElement root, string outcomes) => root.GetProperty(outcomes).EnumerateObject().Sum(outcome => outcome.Value.GetInt64());

    /// <summary>Whether one end at least has a namespace; the series of the rest is not known to have.</summary>
    private static bool IsNamed(JsonElement series)
    {
        JsonElement labels = series.GetProperty("labels");
        return series.TryGetProperty("samples", out _) && (Name(labels, "source_namespace") || Name(labels, "destination_namespace"));
    }

    private static bool Name(JsonElement labels, string label) => labels.GetProperty(label).GetString() is { Length: > 0 } value && value[0] is not ('@' or '_');
}
