using SFlow.Exporter.Count;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Count;

public sealed class FlowFamilyTests
{
    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 40)]
    [InlineData(3, 500)]
    [InlineData(4, 100_000)]
    public void The_sum_over_all_series_is_the_total_whatever_the_limit(int seed, int limit)
    {
        Random random = new(seed);
        Registries names = new();
        FlowEndpoint[] endpoints = [.. Enumerable.Range(0, 30).Select(i => names.Endpoints.Intern(new FlowEndpoint { Kind = EndpointKind.Pod, Label = $"ns-{i % 20}", Name = $"pod-{i}" }))];
        int[] services = [.. Enumerable.Range(0, 9).Select(i => names.Services.Intern($"ns/service-{i}:http"))];
        FlowFamily family = new(names, limit, 0);
        FlowShard[] shards = [family.NewShard(), family.NewShard(), family.NewShard()];

        Dictionary<(string, string, string), FlowTotals> truth = [];
        FlowTotals total = default;
        for (int batch = 0; batch < 300; batch++)
        {
            Flow[] records = [.. Enumerable.Range(0, 40).Select(_ => new Flow
            {
                Counted = random.Next(5) > 0,
                SourceEndpoint = endpoints[random.Next(30)].Id,
                DestinationEndpoint = endpoints[random.Next(30)].Id,
                ServerService = services[random.Next(9)],
                FrameLength = (uint)random.Next(64, 9000),
                Stripped = 4,
                SamplingRate = (uint)random.Next(1, 70_000),
            })];
            shards[random.Next(3)].Process(records);
            foreach (Flow record in records.Where(record => record.Counted))
            {
                double length = record.FrameLength - 4.0, spread = record.SamplingRate * (record.SamplingRate - 1.0);
                FlowTotals one = new((record.FrameLength - 4UL) * record.SamplingRate, record.SamplingRate, 1, spread * length * length, spread);
                var key = (names.Endpoints[record.SourceEndpoint].Label, names.Endpoints[record.DestinationEndpoint].Label, names.Services[record.ServerService]);
                truth[key] = truth.GetValueOrDefault(key) + one;
                total += one;
            }
        }

        FlowTotals[] rows = new FlowTotals[family.Count];
        family.Read(rows);
        AssertSame(total, rows.Aggregate((a, b) => a + b));
        Assert.True(family.Count <= limit);
        Assert.Equal(rows[0].Samples, (ulong)family.Folded);
        for (int row = 1; row < rows.Length; row++)
        {
            FlowSeries series = family.Series(row);
            AssertSame(truth[(series.SourceNamespace, series.DestinationNamespace, series.ServerService)], rows[row]);
        }
        if (limit > truth.Count) Assert.Equal(truth.Count + 1, family.Count);
    }

    /// <summary>Volumes are exact; variances are sums of doubles, whose last digits depend on the order.</summary>
    private static void AssertSame(FlowTotals expected, FlowTotals actual)
    {
        Assert.Equal((expected.Bytes, expected.Packets, expected.Samples), (actual.Bytes, actual.Packets, actual.Samples));
        Assert.Equal(1, actual.BytesVariance / expected.BytesVariance, 1e-12);
        Assert.Equal(1, actual.PacketsVariance / expected.PacketsVariance, 1e-12);
    }

    [Fact]
    public void The_remainder_is_there_from_the_start_and_is_named_in_every_label()
    {
        FlowFamily family = new(new Registries(), 10, 5);
        Assert.Equal(1, family.Count);
        Assert.Equal(new FlowSeries("__other__", "__other__", "__other__", 5), family.Series(0));
    }
}
