using SFlow.Exporter.History.Query;
using SFlow.Exporter.Http.Access;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Pipeline.Filters;
using SFlow.Exporter.Tests.Filters;
using SFlow.Exporter.Tests.Store;

namespace SFlow.Exporter.Tests.History.Query;

/// <summary>Answers of the history beside a slow second computation over random rows.</summary>
public sealed class HistoryQueryReaderTests(ITestOutputHelper output)
{
    /// <summary>2027-01-15, a whole day.</summary>
    private const long Start = 1_799_971_200;

    private const int Minutes = 400;
    private static readonly HistoryGrouping[] Groups =
    [
        HistoryGrouping.Namespace, HistoryGrouping.Workload, HistoryGrouping.Service, HistoryGrouping.Node, HistoryGrouping.Zone, HistoryGrouping.Locality, HistoryGrouping.Network,
        HistoryGrouping.Total,
    ];

    [Fact]
    public void Groups_steps_errors_and_remainder_agree_with_a_second_computation()
    {
        MemoryHistory history = Make(out Random random);
        int values = 0, nonEmpty = 0;
        for (int i = 0; i < 400; i++)
        {
            RandomFilter? asked = random.Next(4) == 0 ? null : new RandomFilter(random, ofHistory: true);
            string[]? seen = random.Next(4) == 0 ? ["team-1", "team-4"] : null;
            HistoryQuery query = Query(random, asked?.Text ?? "");
            SlowHistory slow = new(history, asked, SnakeCase.Of(query.Group), query.Direction == HistoryDirection.Both, seen);
            HistoryAnswer answer = Read(history, query, seen);
            values += Compare(slow, query, answer, $"{asked?.Text} {query.Group} {query.Direction} {query.From - Start} {query.To - Start} {query.Step}");
            if (answer.Series.Count > 0) nonEmpty++;
        }
        output.WriteLine($"400 queries, {nonEmpty} with groups, {values} figures compared");
        Assert.True(nonEmpty > 150 && values > 10_000);
    }

    [Fact]
    public void The_filter_of_a_series_selects_exactly_its_traffic()
    {
        MemoryHistory history = Make(out Random random);
        int compared = 0;
        for (int i = 0; i < 60; i++)
        {
            RandomFilter? asked = random.Next(2) == 0 ? null : new RandomFilter(random, ofHistory: true);
            HistoryQuery query = Query(random, asked?.Text ?? "") with { Top = 1_000, HasSteps = false, Step = null };
            // Terms for either host also choose whose peer is meant, so they change what the other terms of such a filter mean.
            if (query.Filter.Terms.Any(term => term.Side == FilterSide.Peer)) query = query with { Direction = HistoryDirection.Forward };
            foreach (GroupFigures series in Read(history, query, null).Series.Where(_ => query.Group != HistoryGrouping.Total))
            {
                HistoryQuery narrowed = query with { Filter = Filter($"{query.Filter} {series.Filter}"), Group = HistoryGrouping.Total };
                Assert.True(series.Total == Read(history, narrowed, null).Total.Total, $"{asked?.Text}, {query.Group} {query.Direction}: {series.Filter}");
                compared++;
            }
        }
        output.WriteLine($"{compared} series compared");
        Assert.True(compared > 500);
    }

    /// <summary>The other host of traffic of a namespace. Between two hosts of it, the destination is the peer.</summary>
    [Fact]
    public void Peers_are_the_workloads_that_a_namespace_talks_to()
    {
        MemoryHistory history = Make(out _);
        HistoryQuery query = new() { Filter = Filter("namespace=team-1"), From = Start, To = Start + (Minutes * 60), Group = HistoryGrouping.Peer, Top = 1_000 };
        HistoryAnswer answer = Read(history, query, null);
        Dictionary<string, ulong> expected = [];
        foreach (var row in history.Minutes.SelectMany(minute => minute.Rows))
        {
            FlowEndpoint source = history.Registries.Endpoints[row.Source], destination = history.Registries.Endpoints[row.Destination];
            if (source.Label != "team-1" && destination.Label != "team-1") continue;
            FlowEndpoint peer = source.Label == "team-1" ? destination : source;
            string label = peer.OwnerName is null ? peer.Label : $"{peer.Label}/{peer.OwnerKind}/{peer.OwnerName}";
            expected[label] = expected.GetValueOrDefault(label) + row.Sums.Bytes;
        }
        Assert.True(expected.Count > 10);
        Assert.Equal(expected.OrderBy(peer => peer.Key, StringComparer.Ordinal), answer.Series.ToDictionary(series => series.Label, series => series.Total).OrderBy(peer => peer.Key, StringComparer.Ordinal));
        foreach (GroupFigures series in answer.Series.Where(series => !series.Label.StartsWith("team-1", StringComparison.Ordinal)))
            Assert.Equal(series.Total, Read(history, query with { Filter = Filter($"namespace=team-1 {series.Filter}"), Group = HistoryGrouping.Total }, null).Total.Total);
    }

    private int Compare(SlowHistory slow, HistoryQuery query, HistoryAnswer answer, string asked)
    {
        long from = DateTimeOffset.Parse(answer.From).ToUnixTimeSeconds(), to = DateTimeOffset.Parse(answer.To).ToUnixTimeSeconds();
        Assert.True(from <= query.From && to >= query.To && to - query.To < 86_400, asked);
        ulong Amount(SlowHistory.Sums sums) => query.Unit == HistoryUnit.Bytes ? sums.Bytes : sums.Packets;
        (Dictionary<string, SlowHistory.Sums> groups, SlowHistory.Sums unnamed, long milliseconds, _) = slow.Between(from, to);
        if (query.Group == HistoryGrouping.Total && unnamed.Samples > 0)
        {
            groups["total"] = groups.GetValueOrDefault("total", SlowHistory.Sums.Zero) + unnamed;
            unnamed = SlowHistory.Sums.Zero;
        }
        KeyValuePair<string, SlowHistory.Sums>[] sorted = [.. groups.OrderByDescending(group => Amount(group.Value)).ThenBy(group => group.Key, StringComparer.Ordinal)];
        SlowHistory.Sums rest = sorted.Skip(query.Top).Aggregate(unnamed, (sum, group) => sum + group.Value), all = sorted.Aggregate(unnamed, (sum, group) => sum + group.Value);
        Assert.True(sorted.Take(query.Top).Select(group => group.Key).SequenceEqual(answer.Series.Select(series => series.Label)), $"{asked}: {string.Join(", ", answer.Series.Select(series => series.Label))}");
        foreach ((KeyValuePair<string, SlowHistory.Sums> expected, GroupFigures series) in sorted.Zip(answer.Series)) Same(expected.Value, series);
        Same(rest, answer.Remainder);
        Same(all, answer.Total);
        Assert.Equal((Math.Max(0, sorted.Length - query.Top), Amount(unnamed)), (answer.Remainder.Groups, answer.Remainder.Unnamed));
        if (answer is TopAnswer top)
        {
            Assert.Equal((milliseconds + 500) / 1_000, top.Covered);
            return 3 * (answer.Series.Count + 2);
        }
        SeriesAnswer steps = (SeriesAnswer)answer;
        for (int step = 0; step < steps.Times.Count; step++)
        {
            (Dictionary<string, SlowHistory.Sums> part, SlowHistory.Sums partUnnamed, long covered, int windows) = slow.Between(from + (step * steps.Step), from + ((step + 1) * steps.Step));
            Assert.Equal((covered + 500) / 1_000, steps.Covered[step]);
            if (query.Group == HistoryGrouping.Total) (part["total"], partUnnamed) = (part.GetValueOrDefault("total", SlowHistory.Sums.Zero) + partUnnamed, SlowHistory.Sums.Zero);
            foreach (GroupFigures series in steps.Series)
            {
                SlowHistory.Sums expected = part.GetValueOrDefault(series.Label, SlowHistory.Sums.Zero);
                Assert.Equal(windows == 0 ? null : Amount(expected), series.Values![step]);
                SameError(windows == 0 ? null : ErrorOf(expected), series.Errors![step]);
            }
            ulong sum = part.Values.Aggregate(Amount(partUnnamed), (total, group) => total + Amount(group));
            Assert.Equal(windows == 0 ? null : sum, steps.Total.Values![step]);
            Assert.Equal(windows == 0 ? null : sum - steps.Series.Aggregate(0UL, (total, series) => total + series.Values![step]!.Value), steps.Remainder.Values![step]);
        }
        return steps.Times.Count * (2 * steps.Series.Count + 3);

        void Same(SlowHistory.Sums expected, AmountFigures figures)
        {
            Assert.True((Amount(expected), expected.Samples) == (figures.Total, figures.Samples), asked);
            SameError(ErrorOf(expected), figures.Error);
            Assert.Equal(Amount(all) == 0 ? 0 : Amount(expected) / (double)Amount(all), figures.Share, 1e-12);
        }

        double? ErrorOf(SlowHistory.Sums sums) => sums.Samples < 30 ? null
            : Math.Exp(1.96 * Math.Sqrt(query.Unit == HistoryUnit.Bytes ? sums.BytesVariance : sums.PacketsVariance) / Amount(sums)) - 1;
    }

    private static void SameError(double? expected, double? actual)
    {
        Assert.Equal(expected is null, actual is null);
        if (expected is { } error) Assert.Equal(error, actual!.Value, 1e-9 * (1 + error));
    }

    private static HistoryQuery Query(Random random, string filter)
    {
        long from = Start + random.Next(-5_000, Minutes * 60), length = random.Next(1, 20_000);
        bool hasSteps = random.Next(3) > 0;
        return new HistoryQuery
        {
            Filter = Filter(filter), From = from, To = Math.Min(from + length, Start + (Minutes * 60)) is var to && to > from ? to : from + 1,
            HasSteps = hasSteps, Step = hasSteps && random.Next(2) == 0 ? (long[])[60, 300, 900, 3_600, 5_400] is var steps ? steps[random.Next(steps.Length)] : 0 : null,
            Group = Groups[random.Next(Groups.Length)], Direction = (HistoryDirection)random.Next(2), Unit = (HistoryUnit)random.Next(2), Top = random.Next(12),
        };
    }

    private static HistoryAnswer Read(MemoryHistory history, HistoryQuery query, string[]? seen) =>
        new HistoryQueryReader(history, query, seen is null ? Viewer.Everything : Viewer.Only(seen), Start + (Minutes * 60) + 30).Read(CancellationToken.None);

    private static FlowFilter Filter(string text)
    {
        Assert.True(FilterParser.TryParse(text, out FlowFilter filter, out FilterFault? fault), $"{text}: {fault?.Detail}");
        return filter;
    }

    private static MemoryHistory Make(out Random random)
    {
        SampleFlows names = new();
        names.Registries.Endpoints.Intern(new FlowEndpoint { Kind = EndpointKind.NamedNetwork, Label = "office" });
        names.Registries.Endpoints.Intern(new FlowEndpoint { Kind = EndpointKind.Pod, Label = "team-1", Namespace = "team-1", Name = "own", Network = "udn", NodeName = "node-1", Zone = "b", Region = "us" });
        random = new Random(names.Seed);
        return new MemoryHistory(names).Fill(random, Start, Minutes);
    }
}
