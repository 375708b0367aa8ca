using System.Text;
using System.Text.Json;

namespace SFlow.Compare.Report;

/// <summary>What is written of a comparison: the page, its figures as JSON, and README's copy of the table.</summary>
internal static class Page
{
    private const string Begin = "<!-- table of bench/compare: ./build compare writes it -->", End = "<!-- end of table -->";

    private static readonly JsonSerializerOptions indented = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static void Write(string folder, Setting setting, Findings findings)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "compare.md"), Text(setting, findings));
        IEnumerable<object> series = findings.Series.Where(series => series.Rounds.Count > 0)
            .Select(series => new { series.Name, series.Unit, series.Median, series.Rounds });
        File.WriteAllText(Path.Combine(folder, "compare.json"), JsonSerializer.Serialize(new { setting, findings.Rows, findings.Also, series, findings.Checks, findings.Notes }, indented) + "\n");
    }

    /// <summary>Puts the table between README's marks.</summary>
    public static void WriteInto(string readme, Setting setting, Findings findings)
    {
        string text = File.ReadAllText(readme);
        int begin = text.IndexOf(Begin, StringComparison.Ordinal), end = text.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin) throw new CompareException($"{readme} has no place for the table, between the lines {Begin} and {End}");
        File.WriteAllText(readme, text[..begin] + Block(setting, findings) + text[(end + End.Length)..]);
    }

    private static string Text(Setting setting, Findings findings)
    {
        StringBuilder text = new();
        text.Append("# Against peers and physics\n\n    ./build compare\n\n").Append(Block(setting, findings)).Append("\n\n");
        if (findings.Also.Count > 0)
        {
            text.Append("Also measured:\n\n");
            Lines(text, findings.Also);
            text.Append('\n');
        }
        text.Append($"Commit {setting.Commit}, kernel {setting.Kernel}. Peers: {string.Join(", ", setting.Peers)}.\n");
        text.Append("Every figure is the median (least-most) of rounds in which all take turns; CPU is user and system time of all processes with their start.\n");
        text.Append("What each line measures and how is said in [bench/README.md](../README.md); every round's figure is in [compare.json](compare.json).\n");
        List(text, "Counts that were compared", findings.Checks);
        List(text, "Restrictions", findings.Notes);
        return text.ToString();
    }

    private static string Block(Setting setting, Findings findings)
    {
        StringBuilder text = new(Begin + "\n\n");
        text.Append($"{setting.Date[..10]}, {setting.Cpus} CPUs {setting.Cpu}: median (least-most).\n\n");
        Lines(text, findings.Rows);
        return text.Append('\n').Append(End).ToString();
    }

    private static void Lines(StringBuilder text, List<Row> rows)
    {
        text.Append("| what | sflow-exporter | against | ratio | bar |\n|---|---|---|---|---|\n");
        foreach (Row row in rows) text.Append(row).Append('\n');
    }

    private static void List(StringBuilder text, string title, List<string> lines)
    {
        if (lines.Count == 0) return;
        text.Append($"\n## {title}\n\n");
        foreach (string line in lines) text.Append($"- {line}\n");
    }
}
