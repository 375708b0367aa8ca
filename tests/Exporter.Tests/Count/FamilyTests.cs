using SFlow.Exporter.Count;
using SFlow.Exporter.Count.Families;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Count;

public sealed class FamilyTests
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
        Family<FlowFamily> family = new(names, limit, 0);
        FamilyShard[] shards = [family.NewShard(), family.NewShard(), family.NewShard()];

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

        FlowTotals[] rows = family.Read();
        AssertSame(total, rows.Aggregate((a, b) => a + b));
        Assert.True(family.Count <= limit);
        Assert.Equal(rows[0].Samples, (ulong)family.Folded);
        for (int row = 1; row < rows.Length; row++)
        {
            FamilyRow series = family.Row(row);
            AssertSame(truth[(series[0], series[1], series[2])], rows[row]);
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
        FamilySet families = new(new Registries(), new CountOptions(), 5, ofCapture: true);
        Assert.Equal(["sflow_flow", "sflow_acknowledged", "sflow_locality", "sflow_backend"], families.Select(family => family.Name));
        foreach (IFamily family in families)
        {
            Assert.Equal(1, family.Count);
            Assert.Equal(family.Labels.Select(_ => "__other__"), family.Row(0).Values);
            Assert.Equal(5, family.Row(0).BornNanoseconds);
        }
    }

    [Fact]
    public void A_full_family_folds_and_the_others_go_on()
    {
        Registries names = new();
        Family<FlowFamily> flows = new(names, 2, 0);
        Family<LocalityFamily> localities = new(names, 100, 0);
        FamilyShard[] shards = [flows.NewShard(), localities.NewShard()];
        for (int pod = 0; pod < 50; pod++)
        {
            int id = names.Endpoints.Intern(new FlowEndpoint { Kind = EndpointKind.Pod, Label = $"ns-{pod}", Name = "pod" }).Id;
            foreach (FamilyShard shard in shards)
                shard.Process([new Flow { Counted = true, SourceEndpoint = id, DestinationEndpoint = id, FrameLength = 104, Stripped = 4, SamplingRate = 10, TimestampNanoseconds = pod }]);
        }

        Assert.Equal((2, 49), (flows.Count, flows.Folded));
        Assert.Equal((51, 0), (localities.Count, localities.Folded));
        Assert.All(new Family[] { flows, localities }, family => Assert.Equal((UInt128)50_000, family.Read().Aggregate((a, b) => a + b).Bytes));
        Assert.Equal(7, localities.Row(8).BornNanoseconds);
    }
}
