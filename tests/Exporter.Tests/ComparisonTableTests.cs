using System.Text.Json;
using SFlow.Tests;

namespace SFlow.Exporter.Tests;

/// <summary>The tables of speed show what the last comparison measured: ./build compare writes page, figures and both README files together.</summary>
public sealed class ComparisonTableTests(ITestOutputHelper output)
{
    private const string Begin = "<!-- table of bench/compare: ./build compare writes it -->", End = "<!-- end of table -->";
    private const string BriefBegin = "<!-- figures of bench/compare: ./build compare writes them -->", BriefEnd = "<!-- end of figures -->";

    private static readonly string bench = Path.Combine(SharedFolder.Repository, "bench");
    private static readonly string results = Path.Combine(bench, "results");

    [Fact]
    public void The_page_of_benchmarks_shows_the_table_of_the_comparison() =>
        Assert.Equal(Block(Path.Combine(results, "compare.md"), Begin, End), Block(Path.Combine(bench, "README.md"), Begin, End));

    [Fact]
    public void Each_line_of_the_table_is_one_of_the_measured_figures()
    {
        using JsonDocument measured = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(results, "compare.json")));
        string[] rows = [.. measured.RootElement.GetProperty("rows").EnumerateArray().Select(row => Line(row.EnumerateObject().Select(cell => cell.Value.GetString())))];
        string[] lines = Lines(Path.Combine(bench, "README.md"), Begin, End);
        output.WriteLine($"{lines.Length} lines compared");
        Assert.NotEmpty(rows);
        Assert.Equal(rows, lines);
    }

    [Fact]
    public void Readme_shows_five_of_the_measured_figures()
    {
        using JsonDocument measured = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(results, "compare.json")));
        string[] rows = [.. measured.RootElement.GetProperty("rows").EnumerateArray().Select(row => Line(from name in new[] { "what", "ours", "peer" } select row.GetProperty(name).GetString()))];
        string[] lines = Lines(Path.Combine(SharedFolder.Repository, "README.md"), BriefBegin, BriefEnd);
        Assert.Equal(5, lines.Length);
        Assert.All(lines, line => Assert.Contains(line, rows));
    }

    [Fact]
    public void Each_median_is_that_of_its_rounds()
    {
        using JsonDocument measured = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(results, "compare.json")));
        int compared = 0;
        foreach (JsonElement series in measured.RootElement.GetProperty("series").EnumerateArray())
        {
            double[] rounds = [.. series.GetProperty("rounds").EnumerateArray().Select(round => round.GetDouble()).Order()];
            double expected = (rounds[(rounds.Length - 1) / 2] + rounds[rounds.Length / 2]) / 2;
            Assert.Equal(expected, series.GetProperty("median").GetDouble(), 6);
            compared++;
        }
        output.WriteLine($"{compared} series compared");
        Assert.True(compared > 0);
    }

    private static string Line(IEnumerable<string?> cells) => $"| {string.Join(" | ", cells)} |";

    private static string[] Lines(string file, string first, string last) =>
        [.. Block(file, first, last).Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)];

    private static string Block(string file, string first, string last)
    {
        string text = File.ReadAllText(file);
        int begin = text.IndexOf(first, StringComparison.Ordinal), end = text.IndexOf(last, StringComparison.Ordinal);
        Assert.True(begin >= 0 && end > begin, $"{file} has no table between {first} and {last}");
        return text[begin..end];
    }
}
