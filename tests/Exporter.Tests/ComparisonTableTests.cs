using System.Text.Json;
using SFlow.Tests;

namespace SFlow.Exporter.Tests;

/// <summary>README's table of speed is what the last comparison measured: ./build compare writes page, figures and README together.</summary>
public sealed class ComparisonTableTests(ITestOutputHelper output)
{
    private const string Begin = "<!-- table of bench/compare: ./build compare writes it -->", End = "<!-- end of table -->";

    private static readonly string results = Path.Combine(SharedFolder.Repository, "bench", "results");

    [Fact]
    public void Readme_shows_the_table_of_the_comparison() =>
        Assert.Equal(Block(Path.Combine(results, "compare.md")), Block(Path.Combine(SharedFolder.Repository, "README.md")));

    [Fact]
    public void Each_line_of_the_table_is_one_of_the_measured_figures()
    {
        using JsonDocument measured = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(results, "compare.json")));
        string[] rows = [.. measured.RootElement.GetProperty("rows").EnumerateArray().Select(row => $"| {string.Join(" | ", row.EnumerateObject().Select(cell => cell.Value.GetString()))} |")];
        string[] lines = [.. Block(Path.Combine(SharedFolder.Repository, "README.md")).Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)];
        output.WriteLine($"{lines.Length} lines compared");
        Assert.NotEmpty(rows);
        Assert.Equal(rows, lines);
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

    private static string Block(string file)
    {
        string text = File.ReadAllText(file);
        int begin = text.IndexOf(Begin, StringComparison.Ordinal), end = text.IndexOf(End, StringComparison.Ordinal);
        Assert.True(begin >= 0 && end > begin, $"{file} has no table between {Begin} and {End}");
        return text[begin..end];
    }
}
