using System.Text;
using System.Text.Json;

namespace SFlow.Compare.Report;

/// <summary>The files of a comparison: its page, its figures as JSON, the table in bench/README.md, and five lines of it in README.md.</summary>
internal static class Page
{
    private const string Begin = "<!-- table of bench/compare: ./build compare writes it -->", End = "<!-- end of table -->";
    private const string BriefBegin = "<!-- figures of bench/compare: ./build compare writes them -->", BriefEnd = "<!-- end of figures -->";

    /// <summary>The lines in README.md: how the line and its peer begin.</summary>
    private static readonly (string What, string Peer)[] brief =
    [
        ("decode in memory, 6 samples", "goflow2"),
        ("summarize 4 M samples:", "sfacctd:"),
        ("summarize 1.09 GB, inventory", ""),
        ("live, 20000 datagrams/s:", "sfcapd"),
        ("live, the most that bare recvmmsg sustains, inventory:", "sfcapd"),
    ];

    private static readonly JsonSerializerOptions indented = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static void Write(string folder, Setting setting, Findings findings)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "compare.md"), Text(setting, findings));
        IEnumerable<object> series = findings.Series.Where(series => series.Rounds.Count > 0)
            .Select(series => new { series.Name, series.Unit, series.Median, series.Rounds });
        File.WriteAllText(Path.Combine(folder, "compare.json"), JsonSerializer.Serialize(new { setting, findings.Rows, findings.Also, series, findings.Checks, findings.Notes }, indented) + "\n");
    }

    /// <summary>Puts the table into bench/README.md, and its most telling lines into README.md.</summary>
    public static void WriteInto(string repository, Setting setting, Findings findings)
    {
        Replace(Path.Combine(repository, "bench", "README.md"), Begin, End, Block(setting, findings));
        Replace(Path.Combine(repository, "README.md"), BriefBegin, BriefEnd, Brief(setting, findings));
    }

    private static void Replace(string readme, string first, string last, string block)
    {
        string text = File.ReadAllText(readme);
        int begin = text.IndexOf(first, StringComparison.Ordinal), end = text.IndexOf(last, StringComparison.Ordinal);
        if (begin < 0 || end < begin) throw new CompareException($"{readme} has no place for the figures, between the lines {first} and {last}");
        File.WriteAllText(readme, text[..begin] + block + text[(end + last.Length)..]);
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
        text.Append("[bench/README.md](../README.md) explains each line; [compare.json](compare.json) has the figure of every round.\n");
        List(text, "Counts that were compared", findings.Checks);
        List(text, "Restrictions", findings.Notes);
        return text.ToString();
    }

    private static string Block(Setting setting, Findings findings)
    {
        StringBuilder text = new($"{Begin}\n\n{Where(setting)}");
        Lines(text, findings.Rows);
        return text.Append('\n').Append(End).ToString();
    }

    private static string Brief(Setting setting, Findings findings)
    {
        StringBuilder text = new($"{BriefBegin}\n\n{Where(setting)}| what | sflow-exporter | others |\n|---|---|---|\n");
        foreach ((string what, string peer) in brief)
        {
            if (findings.Rows.Find(row => row.What.StartsWith(what, StringComparison.Ordinal) && row.Peer.StartsWith(peer, StringComparison.Ordinal)) is Row row)
                text.Append($"| {row.What} | {row.Ours} | {row.Peer} |\n");
        }
        return text.Append('\n').Append(BriefEnd).ToString();
    }

    private static string Where(Setting setting) => $"{setting.Date[..10]}, {setting.Cpus} CPUs {setting.Cpu}: median (least-most).\n\n";

    private static void Lines(StringBuilder text, List<Row> rows)
    {
        text.Append("| what | sflow-exporter | against | ratio | target |\n|---|---|---|---|---|\n");
        foreach (Row row in rows) text.Append(row).Append('\n');
    }

    private static void List(StringBuilder text, string title, List<string> lines)
    {
        if (lines.Count == 0) return;
        text.Append($"\n## {title}\n\n");
        foreach (string line in lines) text.Append($"- {line}\n");
    }
}
