using SFlow.Exporter.Count;
using SFlow.Exporter.Count.Families;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Count;

public sealed class FamilyTests
{
    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 40)]
    [InlineData(3, 500)]
    [InlineData(4, 100_000)]
    public void The_sum_over_all_series_is_the_total_whatever_the_limit(int seed, int limit)
    {
        Random random = new(seed);
        Registries names = new();
        FlowEndpoint[] endpoints = [.. Enumerable.Range(0, 30).Select(i => names.Endpoints.Intern(new FlowEndpoint { Kind = EndpointKind.Pod, Label = $"ns-{i % 20}", Name = $"pod-{i}" }))];
        int[] services = [.. Enumerable.Range(0, 9).Select(i => names.Services.Intern($"ns/service-{i}:http"))];
        Family<FlowFamily> family = new(names, new FamilyLimits(limit), 0);
        FamilySet set = new(family);
        CountStage[] workers = [set.NewStage(), set.NewStage(), set.NewStage()];

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
            workers[random.Next(3)].Process(records);
            foreach (Flow record in records.Where(record => record.Counted))
            {
                double length = record.FrameLength - 4.0, spread = record.SamplingRate * (record.SamplingRate - 1.0);
                FlowTotals one = new((record.FrameLength - 4UL) * record.SamplingRate, record.SamplingRate, 1, spread * length * length, spread);
                var key = (names.Endpoints[record.SourceEndpoint].Label, names.Endpoints[record.DestinationEndpoint].Label, names.Services[record.ServerService]);
                truth[key] = truth.GetValueOrDefault(key) + one;
                total += one;
            }
        }

        FamilyReading reading = family.Read();
        AssertSame(total, reading.Total);
        Assert.True(family.Count <= limit);
        Assert.Equal(family.Count, reading.Count);
        Assert.Equal(reading[FamilyReading.OtherSlot].Samples, (ulong)family.Folded);
        foreach ((FamilyRow series, FlowTotals sums) in reading.Rows())
        {
            if (series.IsRemainder) continue;
            // Where there is room, a series has every sample of its key; otherwise at most those since it was opened.
            FlowTotals key = truth[(series[0], series[1], series[2])];
            if (limit > truth.Count * 2) AssertSame(key, sums);
            else Assert.True(sums.Bytes <= key.Bytes && sums.Samples <= key.Samples);
        }
        if (limit > truth.Count * 2) Assert.Equal(truth.Count + 1, family.Count);
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
        FamilySet families = FamilySet.Live(new Registries(), new CountOptions { Families = "locality,workload,node,backend,external" }, 5);
        Assert.Equal(
            ["sflow_namespace_pair", "sflow_flow", "sflow_acknowledged", "sflow_locality", "sflow_workload", "sflow_node", "sflow_backend", "sflow_external"],
            families.Select(family => family.Name));
        foreach (IFamily family in families)
        {
            Assert.Equal(1, family.Count);
            FamilyRow remainder = Assert.Single(family.Read().Rows()).Row;
            Assert.Equal(family.Labels.Select(_ => "__other__"), remainder.Values);
            Assert.Equal(5, remainder.BornNanoseconds);
        }
    }

    [Fact]
    public void A_full_family_counts_newcomers_in_its_remainder_and_the_others_go_on()
    {
        Registries names = new();
        Family<FlowFamily> flows = new(names, new FamilyLimits(12), 0);
        Family<LocalityFamily> localities = new(names, new FamilyLimits(100), 0);
        CountStage worker = new FamilySet(flows, localities).NewStage();
        for (int pod = 0; pod < 50; pod++)
        {
            int id = names.Endpoints.Intern(new FlowEndpoint { Kind = EndpointKind.Pod, Label = $"ns-{pod}", Name = "pod" }).Id;
            worker.Process([new Flow { Counted = true, SourceEndpoint = id, DestinationEndpoint = id, FrameLength = 104, Stripped = 4, SamplingRate = 10, TimestampNanoseconds = pod }]);
        }

        Assert.Equal((11, 40), (flows.Count, flows.Folded));
        Assert.Equal((51, 0), (localities.Count, localities.Folded));
        Assert.All(new Family[] { flows, localities }, family => Assert.Equal((UInt128)50_000, family.Read().Total.Bytes));
        Assert.Equal(7, localities.Read().Rows().Single(row => row.Row[0] == "ns-7").Row.BornNanoseconds);
    }
}
