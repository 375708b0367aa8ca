using SFlow.Exporter.Count;
using SFlow.Exporter.Count.Families;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Count;

/// <summary>
/// The sum over a family equals what was counted and never decreases, while series come and go, workers count and readers read, all at once.
/// </summary>
public sealed class ConservationTests(ITestOutputHelper output)
{
    private const int Workers = 4, Batch = 64, Updates = 10_000_000, Endpoints = 400;

    [Fact]
    public async Task Ten_million_updates_with_churn_lose_and_double_nothing()
    {
        Registries names = new();
        int[] endpoints = [.. Enumerable.Range(0, Endpoints).Select(i => names.Endpoints.Intern(new FlowEndpoint { Kind = EndpointKind.Pod, Label = $"ns-{i}", Name = "pod" }).Id)];
        int[] services = [.. Enumerable.Range(0, 50).Select(i => names.Services.Intern($"ns/service-{i}:http"))];
        Family<NamespacePairFamily> pairs = new(names, new FamilyLimits(130, TimeSpan.FromSeconds(3)), 0);
        Family<FlowFamily> flows = new(names, new FamilyLimits(67, TimeSpan.FromSeconds(2)), 0);
        FamilySet set = new(pairs, flows);
        using CancellationTokenSource done = new();
        Task<long> balancing = Task.Run(() => Balance(set, done.Token));
        Task<int>[] readers = [Task.Run(() => ReadOn(pairs, done.Token)), Task.Run(() => ReadOn(flows, done.Token))];
        (UInt128 Bytes, UInt128 Packets)[] sent = await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(() => Count(set.NewStage(), worker, endpoints, services))));
        await done.CancelAsync();
        long balanced = await balancing;
        int readings = (await Task.WhenAll(readers)).Sum();

        UInt128 bytes = sent.Aggregate((UInt128)0, (sum, one) => sum + one.Bytes), packets = sent.Aggregate((UInt128)0, (sum, one) => sum + one.Packets);
        foreach (Family family in new Family[] { pairs, flows })
        {
            FlowTotals total = family.Read().Total;
            Assert.Equal((bytes, packets, (ulong)Updates), (total.Bytes, total.Packets, total.Samples));
            Assert.True(family.Displaced > 0 && family.Count <= family.Limit, $"{family.Name}: {family.Displaced} displaced, {family.Count} series");
        }
        output.WriteLine($"{Updates} updates, {balanced} balances, {readings} readings, {pairs.Displaced + flows.Displaced} displaced, {pairs.Expired + flows.Expired} expired");
    }

    private static (UInt128 Bytes, UInt128 Packets) Count(CountStage stage, int worker, int[] endpoints, int[] services)
    {
        Random random = new(worker);
        (UInt128 bytes, UInt128 packets) = (0, 0);
        Flow[] batch = new Flow[Batch];
        for (int sent = 0; sent < Updates / Workers; sent += batch.Length)
        {
            if (Updates / Workers - sent < Batch) batch = new Flow[(Updates / Workers) - sent];
            // Which endpoints are heavy changes with time, so that series are displaced and expire.
            int shift = sent / 100_000 * 37;
            foreach (ref Flow flow in batch.AsSpan())
            {
                int source = (int)(Endpoints * Math.Pow(random.NextDouble(), 6)), destination = random.Next(20);
                flow = new Flow
                {
                    Counted = true, SourceEndpoint = endpoints[(source + shift) % Endpoints], DestinationEndpoint = endpoints[destination], ServerService = services[random.Next(services.Length)],
                    FrameLength = (uint)random.Next(64, 1_500), SamplingRate = (uint)random.Next(1, 10_000), TimestampNanoseconds = sent,
                };
                bytes += flow.Bytes;
                packets += flow.Packets;
            }
            stage.Process(batch);
        }
        return (bytes, packets);
    }

    /// <summary>A second of the family's clock passes with each run, as fast as runs can be.</summary>
    private static long Balance(FamilySet set, CancellationToken done)
    {
        long second = 1;
        while (!done.IsCancellationRequested)
        {
            if (set.Balance(second * 1_000_000_000, second * 1_000_000_000)) second++;
            Thread.Sleep(1);
        }
        return second;
    }

    private static int ReadOn(Family family, CancellationToken done)
    {
        FamilyReading reading = new();
        Dictionary<object, UInt128> before = new(ReferenceEqualityComparer.Instance);
        UInt128 last = 0;
        int readings = 0;
        for (; !done.IsCancellationRequested; readings++)
        {
            family.Read(reading);
            UInt128 total = reading.Total.Bytes;
            Assert.True(total >= last, $"reading {readings}: {last} bytes, then {total}");
            Assert.Equal(total, reading.Rows().Aggregate((UInt128)0, (sum, row) => sum + row.Sums.Bytes));
            foreach ((FamilyRow row, FlowTotals sums) in reading.Rows())
            {
                Assert.True(sums.Bytes >= before.GetValueOrDefault(row), $"{string.Join(" ", row.Values)} fell to {sums.Bytes}");
                before[row] = sums.Bytes;
            }
            last = total;
        }
        return readings;
    }
}
