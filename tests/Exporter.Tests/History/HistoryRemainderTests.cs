using SFlow.Exporter.History;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.History;

/// <summary>What has no row is in the remainder, so the sum is always that of the counters.</summary>
public sealed class HistoryRemainderTests
{
    [Fact]
    public void The_sum_is_that_of_the_counters_while_keys_lose_their_places()
    {
        using HistoryFixture history = new(change: options => options.HistoryKeys = 64);
        Random random = new(4);
        int[] hosts = [.. Enumerable.Range(0, 40).Select(place => history.Host($"ns-{place}", "w"))];
        long steady = 1;
        for (int minute = 0; minute < 90; minute++)
        {
            // Other hosts are heavy every 20 minutes.
            for (int second = 0; second < 60; second++)
            {
                for (int sample = 0; sample < 7; sample++)
                {
                    bool isHeavy = random.Next(3) != 0;
                    history.Count(hosts[isHeavy ? minute / 20 : random.Next(40)], hosts[random.Next(40)], length: (uint)random.Next(64, 1_500), rate: isHeavy ? 4_000u : 10u);
                }
                history.Balance(steady += 1_000_000_000);
            }
            history.Pass();
            FlowTotals counted = history.Family.Read().Total;
            foreach (HistoryResolution resolution in HistoryResolutions.All)
            {
                HistorySums total = history.Read(resolution).Total;
                Assert.Equal((counted.Bytes, counted.Packets, counted.Samples), ((UInt128)total.Bytes, (UInt128)total.Packets, total.Samples));
                Assert.InRange(total.BytesVariance, counted.BytesVariance * 0.9999, counted.BytesVariance * 1.0001);
            }
        }
        Assert.True(history.Family.Displaced > 0);
        ReadHistory read = history.Read();
        Assert.InRange(read.Unnamed.Bytes, 1UL, read.Total.Bytes / 2);
        Assert.Equal((long)read.Unnamed.Samples, history.Stats.UnnamedSamples);
        Assert.True(read.Rows.GroupBy(row => row.Key.Start).All(minute => minute.Count() <= 64));
    }

    [Fact]
    public void An_hour_keeps_its_heaviest_rows()
    {
        using HistoryFixture history = new(change: options => options.HistoryKeys = 16);
        int destination = history.Names.Endpoints.Hosts.Of(history.Host("shop", "w"));
        for (int minute = 0; minute < 61; minute++)
        {
            ulong key = HistoryKey.Of(history.Names.Endpoints.Hosts.Of(history.Host($"ns-{minute:00}", "w")), destination, false, 0);
            history.Writer.Write([new HistoryMinute
            {
                Start = HistoryFixture.Midnight + minute * 60, Ended = HistoryFixture.Midnight + minute * 60 + 60, CoveredMilliseconds = 60_000,
                Rows = [(key, new HistorySums { Bytes = 100 + (ulong)minute, Packets = 1, Samples = 1 })],
            }]);
        }
        ReadHistory hours = history.Read(HistoryResolution.Hour, 0, HistoryFixture.Midnight + 1);
        Assert.Equal(Enumerable.Range(44, 16).Select(place => $"ns-{place}/w/node-1"), hours.Rows.Keys.Select(row => row.Source).Order());
        Assert.Equal((ulong)Enumerable.Range(0, 44).Sum(minute => 100 + minute), hours.Unnamed.Bytes);
        Assert.Equal(44UL, hours.Unnamed.Samples);
    }

    [Fact]
    public void A_full_table_of_names_forgets_those_that_no_window_uses()
    {
        using HistoryFixture history = new(change: options => (options.HistoryMinutes, options.HistoryHours, options.HistoryDays) = (TimeSpan.FromHours(3), TimeSpan.FromHours(4), TimeSpan.FromDays(1)), maximumNames: 64);
        int destination = history.Host("shop", "w");
        // One more host each hour: the first ones leave with their last window.
        for (int hour = 0; hour < 120; hour++)
        {
            for (int minute = 0; minute < 60; minute++)
            {
                history.Count(history.Host($"ns-{hour}", "w"), destination);
                history.Pass();
            }
        }
        ReadHistory read = history.Read();
        Assert.Contains(read.Rows.Keys, row => row.Source == "ns-119/w/node-1");
        Assert.True(read.Names.Hosts.Length <= 65);
        Assert.Equal(120L * 60, (long)history.Family.Read().Total.Samples);
        HistorySums days = history.Read(HistoryResolution.Day, HistoryFixture.Midnight + 4 * 86_400).Total;
        Assert.Equal(24UL * 60, days.Samples);
    }
}
