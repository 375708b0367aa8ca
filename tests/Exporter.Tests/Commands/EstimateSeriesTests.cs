using System.Globalization;
using SFlow.Exporter.Commands;
using SFlow.Exporter.Options;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Commands;

/// <summary>What will be counted, and what a Prometheus pays for it; the expected figures are worked out by hand.</summary>
public sealed class EstimateSeriesTests
{
    [Fact]
    public async Task Numbers_give_series_by_family_and_the_cost()
    {
        (string text, int code) = await RunAsync(new ClusterSize(120, 480, 200, 600, 12, 0), new Settings());
        Assert.Equal(ExitCode.Success, code);
        // Each of 120 namespaces with itself and 5 peers, and both directions with @internet and @node.
        Assert.Equal((1_200L, 5_000L, 1_200L, 5L, 6_000L), Row(text, "namespace_pair"));
        // 200 Services with 5 calling namespaces in both directions come on top.
        Assert.Equal((3_200L, 2_000L, 2_000L, 5L, 10_000L), Row(text, "flow"));
        Assert.Equal((169L, 2_000L, 169L, 2L, 338L), Row(text, "node"));
        Assert.Contains("flow: the lightest 1200 series share __other__. To keep them all: --series-limits flow=3840", text, StringComparison.Ordinal);
        Assert.DoesNotContain("workload ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_inventory_gives_the_numbers()
    {
        Settings settings = new();
        settings.Identify.Inventory = Path.Combine(SharedFolder.Repository, "tests", "captures", "ovn-s1-same.inventory.json");
        (string text, int code) = await RunAsync(null, settings);
        Assert.Equal(ExitCode.Success, code);
        Assert.Matches(@"^[1-9]\d* namespaces, [1-9]\d* workloads, [1-9]\d* Services, [1-9]\d* backends, 2 nodes, 0 named networks", text);
    }

    [Fact]
    public async Task Without_a_size_it_says_what_to_give() =>
        Assert.Contains("Give numbers", (await Assert.ThrowsAsync<SettingsException>(() => RunAsync(null, new Settings()))).Message, StringComparison.Ordinal);

    private static async Task<(string Text, int Code)> RunAsync(ClusterSize? size, Settings settings)
    {
        using StringWriter output = new(CultureInfo.InvariantCulture);
        int code = await EstimateSeriesCommand.RunAsync(size, 5, settings, output, CancellationToken.None);
        return (output.ToString(), code);
    }

    private static (long, long, long, long, long) Row(string text, string family)
    {
        long[] cells = [.. text.Split('\n').Single(line => line.StartsWith(family + " ", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(cell => long.Parse(cell, CultureInfo.InvariantCulture))];
        return (cells[0], cells[1], cells[2], cells[3], cells[4]);
    }
}
