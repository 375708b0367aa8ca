using SFlow.Exporter.History;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.History;

/// <summary>The history against sums that the test makes itself, sample by sample.</summary>
public sealed class HistorySumTests
{
    private const long Midnight = HistoryFixture.Midnight;

    [Fact]
    public void A_minute_has_what_was_counted_in_it()
    {
        using HistoryFixture history = new();
        int shop = history.Host("shop", "web"), bank = history.Host("bank", "api", "node-2"), service = history.Service("bank/api:https");
        history.Count(shop, bank, service, 1_000, 400);
        history.Count(shop, bank, service, 500, 400);
        history.Count(bank, shop, nodePort: true);
        history.Pass();
        ReadHistory read = history.Read();
        Assert.Equal((600_000UL, 800UL, 2UL), read.Rows[(Midnight, "shop/web/node-1", "bank/api/node-2", "bank/api:https", false)]);
        Assert.Equal((100UL, 1UL, 1UL), read.Rows[(Midnight, "bank/api/node-2", "shop/web/node-1", null, true)]);
        Assert.Equal(2, read.Rows.Count);
        // 400 x 399 x length squared for each sample (docs/adr/0008).
        Assert.Equal(400.0 * 399 * (1_000 * 1_000 + 500 * 500), read.Total.BytesVariance, 400.0 * 399 * 100);
        HistoryWindow window = Assert.Single(read.Windows);
        Assert.Equal((Midnight, 60_000L, 0UL), (window.Start, window.CoveredMilliseconds, window.Unnamed.Samples));
        Assert.Equal(new HistoryCoverage(Midnight, Midnight + 60), read.Coverage);
    }

    [Fact]
    public void A_minute_without_a_sample_is_a_window_and_no_gap()
    {
        using HistoryFixture history = new();
        history.Pass();
        history.Pass();
        ReadHistory read = history.Read();
        Assert.Equal([Midnight, Midnight + 60], read.Windows.Select(window => window.Start));
        Assert.All(read.Windows, window => Assert.Equal(60_000, window.CoveredMilliseconds));
        Assert.Empty(read.Rows);
    }

    [Fact]
    public void Pods_of_a_workload_on_a_node_are_one_row()
    {
        using HistoryFixture history = new();
        FlowEndpoint pod = new() { Kind = EndpointKind.Pod, Label = "shop", Name = "web-1", OwnerKind = "Deployment", OwnerName = "web", NodeName = "node-1" };
        int one = history.Names.Endpoints.Intern(pod).Id, other = history.Names.Endpoints.Intern(pod with { Name = "web-2" }).Id;
        int elsewhere = history.Names.Endpoints.Intern(pod with { Name = "web-3", NodeName = "node-2" }).Id;
        foreach (int source in new[] { one, other, elsewhere }) history.Count(source, one);
        history.Pass();
        ReadHistory read = history.Read();
        Assert.Equal(2UL, read.Rows[(Midnight, "shop/web/node-1", "shop/web/node-1", null, false)].Samples);
        Assert.Equal(1UL, read.Rows[(Midnight, "shop/web/node-2", "shop/web/node-1", null, false)].Samples);
        Assert.Equal(2, read.Rows.Count);
    }

    /// <summary>Three days of random traffic, with a clock that is set back and forward and an exporter that starts anew.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_resolution_has_the_sum_of_its_minutes(int seed)
    {
        Random random = new(seed);
        string folder = Directory.CreateTempSubdirectory("sflow-history-").FullName;
        Dictionary<(long Minute, string Source, string Destination, string? Service, bool NodePort), (ulong Bytes, ulong Packets, ulong Samples)> truth = [];
        Dictionary<long, long> covered = [];
        DateTimeOffset now = DateTimeOffset.FromUnixTimeSeconds(Midnight + 17 * 3_600);
        try
        {
            for (int run = 0; run < 4; run++)
            {
                using HistoryFixture history = new(folder, start: now);
                for (int step = 0; step < 300; step++)
                {
                    long minute = history.Clock.GetUtcNow().ToUnixTimeSeconds() / 60 * 60;
                    for (int sample = random.Next(8); sample > 0; sample--)
                    {
                        (string from, string to, string? service) = ($"ns-{random.Next(4)}", $"ns-{random.Next(4)}", random.Next(3) == 0 ? null : $"svc-{random.Next(3)}");
                        (uint length, uint rate, bool nodePort) = ((uint)random.Next(64, 9_000), (uint)random.Next(1, 1_000), random.Next(5) == 0);
                        history.Count(history.Host(from, "w"), history.Host(to, "w"), service is null ? 0 : history.Service(service), length, rate, nodePort);
                        (long, string, string, string?, bool) key = (minute, $"{from}/w/node-1", $"{to}/w/node-1", service, nodePort);
                        (ulong bytes, ulong packets, ulong samples) = truth.GetValueOrDefault(key);
                        truth[key] = (bytes + (ulong)length * rate, packets + rate, samples + 1);
                    }
                    double seconds = random.Next(6) == 0 ? 60 : random.Next(10, 60);
                    history.Time.Advance(TimeSpan.FromSeconds(seconds));
                    covered[minute] = covered.GetValueOrDefault(minute) + (long)seconds * 1_000;
                    if (random.Next(60) == 0) history.Clock.Step(TimeSpan.FromMinutes(random.Next(-200, 400)));
                    if (history.Minutes.TryCut() is { } cut) history.Writer.Write([cut]);
                }
                history.Writer.Write([history.Minutes.CutLast()]);
                now = history.Clock.GetUtcNow() + TimeSpan.FromSeconds(random.Next(0, 4_000));
                foreach (HistoryResolution resolution in HistoryResolutions.All) Compare(history.Read(resolution), truth, covered, resolution);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Compare(
        ReadHistory read, Dictionary<(long Minute, string, string, string?, bool), (ulong Bytes, ulong Packets, ulong Samples)> truth, Dictionary<long, long> covered, HistoryResolution resolution)
    {
        long length = resolution switch { HistoryResolution.Minute => 60, HistoryResolution.Hour => 3_600, _ => 86_400 };
        Dictionary<(long, string, string, string?, bool), (ulong, ulong, ulong)> expected = truth.GroupBy(row => (row.Key.Minute / length * length, row.Key.Item2, row.Key.Item3, row.Key.Item4, row.Key.Item5))
            .ToDictionary(same => same.Key, same => ((ulong)same.Sum(row => (long)row.Value.Bytes), (ulong)same.Sum(row => (long)row.Value.Packets), (ulong)same.Sum(row => (long)row.Value.Samples)));
        Assert.Equal(expected, read.Rows);
        Assert.Equal(0UL, read.Unnamed.Samples);
        Assert.Equal(read.Windows.Select(window => window.Start).Order(), read.Windows.Select(window => window.Start));
        Dictionary<long, long> seconds = covered.Where(row => row.Value > 0).GroupBy(row => row.Key / length * length).ToDictionary(same => same.Key, same => same.Sum(row => row.Value));
        Dictionary<long, long> shown = read.Windows.GroupBy(window => window.Start).ToDictionary(same => same.Key, same => same.Sum(window => window.CoveredMilliseconds));
        Assert.Equal(seconds.Keys.Order(), shown.Keys.Order());
        // A minute that is cut up to a second late counts as in time.
        foreach ((long start, long milliseconds) in seconds) Assert.InRange(shown[start], milliseconds - length * 1_000 / 60, milliseconds + length * 1_000 / 60);
    }
}
