using SFlow.Exporter.Count;
using SFlow.Exporter.Count.Families;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Count;

/// <summary>Which keys have a series when there are more keys than places. The clock is the test's own.</summary>
public sealed class BalanceTests
{
    private const long Second = 1_000_000_000;

    private readonly Registries names = new();
    private readonly Dictionary<string, int> endpoints = [];
    private long now = Second;

    [Fact]
    public void A_heavier_newcomer_takes_the_place_of_the_lightest_series()
    {
        (FamilySet set, Family family, CountStage worker) = Pairs(new FamilyLimits(12));
        for (int light = 0; light < 10; light++) Send(worker, $"light-{light}", "shop", (uint)(1_000 + light));
        Balance(set);
        Send(worker, "heavy", "shop", 9_000);
        Assert.Equal(10, Names(family).Count(name => name.StartsWith("light", StringComparison.Ordinal)));
        Balance(set, times: 3);

        Assert.DoesNotContain("light-0", Names(family));
        Assert.Contains("heavy", Names(family));
        Send(worker, "heavy", "shop", 500);
        Assert.Equal((UInt128)500, family.Read().Rows().Single(row => row.Row[0] == "heavy").Sums.Bytes);
        Assert.Equal((UInt128)(10_045 + 9_500), family.Read().Total.Bytes);
        Assert.Equal((1, 0), (family.Displaced, family.Expired));
    }

    [Fact]
    public void What_former_series_counted_is_a_new_series_of_the_remainder_after_each_change()
    {
        (FamilySet set, Family family, CountStage worker) = Pairs(new FamilyLimits(3));
        HashSet<string> remainders = [];
        for (uint size = 1_000; size < 40_000; size *= 2)
        {
            Send(worker, $"ns-{size}", "shop", size);
            Balance(set, times: 3);
            if (family.Read().Row(FamilyReading.FormerSlot) is { } former)
            {
                Assert.Equal((0, "__other__"), (former.BornNanoseconds, former[0]));
                Assert.StartsWith("__former_1970-01-01T00:00:", former[1], StringComparison.Ordinal);
                remainders.Add(former[1]);
            }
        }
        Assert.Equal(family.Displaced, remainders.Count);
        Assert.InRange(remainders.Count, 2, 6);
    }

    [Fact]
    public void An_idle_series_expires_and_returns_as_a_new_one()
    {
        (FamilySet set, Family family, CountStage worker) = Pairs(new FamilyLimits(12, TimeSpan.FromSeconds(30)));
        Send(worker, "shop", "bank", 700);
        Send(worker, "busy", "bank", 700);
        FamilyRow first = family.Read().Rows().Single(row => row.Row[0] == "shop").Row;
        for (int second = 0; second < 40; second++)
        {
            Send(worker, "busy", "bank", 700);
            Balance(set);
        }
        Assert.Equal(["busy"], Names(family));
        Assert.Equal(1, family.Expired);

        Send(worker, "shop", "bank", 300);
        (FamilyRow again, FlowTotals sums) = family.Read().Rows().Single(row => row.Row[0] == "shop");
        Assert.Equal((UInt128)300, sums.Bytes);
        Assert.True(again.BornNanoseconds > first.BornNanoseconds);
        Assert.Equal((UInt128)((42 * 700) + 300), family.Read().Total.Bytes);
    }

    [Fact]
    public void A_million_junk_pairs_displace_no_heavier_pair()
    {
        (FamilySet set, Family family, CountStage worker) = Pairs(new FamilyLimits(202));
        for (int junk = 0; junk < 1_000_000; junk++)
        {
            Send(worker, $"junk-{junk % 1_000}", $"junk-{junk / 1_000}", 64);
            if (junk % 50_000 == 0) Balance(set);
        }
        // The real pairs come last, when the family is full, and are 20 times as heavy.
        for (int round = 0; round < 5; round++)
        {
            for (int real = 0; real < 100; real++) Send(worker, $"real-{real}", "shop", 1_280);
            Balance(set, times: 2);
        }
        Assert.Equal(100, Names(family).Count(name => name.StartsWith("real", StringComparison.Ordinal)));
        for (int junk = 0; junk < 200_000; junk++)
        {
            Send(worker, $"junk-{junk / 1_000}", $"other-{junk % 1_000}", 64);
            if (junk % 5_000 == 0) Balance(set);
        }
        Assert.Equal(100, Names(family).Count(name => name.StartsWith("real", StringComparison.Ordinal)));
        Assert.Equal((UInt128)((1_200_000 * 64) + (500 * 1_280)), family.Read().Total.Bytes);
    }

    [Theory]
    [InlineData(1, false), InlineData(2, false), InlineData(3, true)]
    public void The_top_100_by_weight_have_series_whatever_the_order_of_arrival(int seed, bool lightestFirst)
    {
        Random random = new(seed);
        (FamilySet set, Family family, CountStage worker) = Pairs(new FamilyLimits(252));
        // Weights of a Zipf distribution over 5,000 pairs; each second each pair sends its part, in the order of arrival.
        (string Name, uint Bytes)[] pairs = [.. Enumerable.Range(1, 5_000).Select(rank => ($"ns-{rank}", (uint)(2_000_000 / rank)))];
        if (lightestFirst) Array.Reverse(pairs);
        else random.Shuffle(pairs);
        for (int second = 0; second < 10; second++)
        {
            foreach ((string name, uint bytes) in pairs) Send(worker, name, "shop", bytes);
            Balance(set);
        }
        HashSet<string> named = [.. Names(family)];
        Assert.All(pairs.OrderByDescending(pair => pair.Bytes).Take(100), pair => Assert.Contains(pair.Name, named));
    }

    [Fact]
    public void A_port_scan_leaves_room_for_services()
    {
        Family<FlowFamily> family = new(names, new FamilyLimits(402), 0);
        FamilySet set = new(family);
        CountStage worker = set.NewStage();
        for (int port = 0; port < 5_000; port++) Send(worker, "evil", "victim", 74, names.Services.Intern($"@tcp/{port}"));
        // The scan took free places, but not the last eighth: Services have a series at their first sample.
        for (int service = 0; service < 40; service++) Send(worker, "shop", $"ns-{service}", 74, names.Services.Intern($"ns-{service}/api:http"));
        Assert.Equal(40, Names(family).Count(name => name == "shop"));
        // More Services, no heavier than the scan's series, take its places.
        for (int second = 0; second < 10; second++)
        {
            for (int service = 0; service < 300; service++) Send(worker, "bank", $"ns-{service}", 74, names.Services.Intern($"ns-{service}/api:http"));
            for (int port = 0; port < 300; port++) Send(worker, "evil", "victim", 74, names.Services.Intern($"@tcp/{port}"));
            Balance(set);
        }
        Assert.Equal(300, Names(family).Count(name => name == "bank"));
    }

    [Fact]
    public void Agents_outside_the_cluster_take_an_eighth_at_most_and_no_place_of_others()
    {
        (FamilySet set, Family family, CountStage worker) = Pairs(new FamilyLimits(162));
        names.Nodes.Intern("node-1", null, 0);
        for (int second = 0; second < 5; second++)
        {
            for (int junk = 0; junk < 1_000; junk++) Send(worker, $"junk-{junk}", "shop", 100_000, observer: -1);
            for (int real = 0; real < 140; real++) Send(worker, $"real-{real}", "shop", 100, observer: 0);
            Balance(set);
        }
        Assert.Equal(140, Names(family).Count(name => name.StartsWith("real", StringComparison.Ordinal)));
        Assert.Equal(20, Names(family).Count(name => name.StartsWith("junk", StringComparison.Ordinal)));
    }

    private (FamilySet Set, Family Family, CountStage Worker) Pairs(FamilyLimits limits)
    {
        Family<NamespacePairFamily> family = new(names, limits, 0);
        FamilySet set = new(family);
        return (set, family, set.NewStage());
    }

    private void Send(CountStage worker, string from, string to, uint bytes, int service = 0, int observer = 0) => worker.Process(
        [new Flow { Counted = true, SourceEndpoint = Endpoint(from), DestinationEndpoint = Endpoint(to), ServerService = service, FrameLength = bytes, SamplingRate = 1, TimestampNanoseconds = now, ObserverNode = observer }]);

    private void Balance(FamilySet set, int times = 1)
    {
        for (; times > 0; times--) Assert.True(set.Balance(now += Second, now));
    }

    private int Endpoint(string name)
    {
        if (!endpoints.TryGetValue(name, out int id)) endpoints.Add(name, id = names.Endpoints.Intern(new FlowEndpoint { Kind = EndpointKind.Pod, Label = name, Name = name }).Id);
        return id;
    }

    /// <summary>The first label of all series but the remainder.</summary>
    private static string[] Names(Family family) => [.. family.Read().Rows().Where(row => !row.Row.IsRemainder).Select(row => row.Row[0])];
}
