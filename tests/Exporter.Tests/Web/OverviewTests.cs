using System.Net;
using System.Text.Json;
using SFlow.Exporter.Agents;
using SFlow.Exporter.Http.Access;
using SFlow.Exporter.Metrics;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Tests.Metrics;
using SFlow.Exporter.Web;

namespace SFlow.Exporter.Tests.Web;

public sealed class OverviewTests
{
    private static readonly OverviewQuery All = new(10_000, "", OverviewSort.Last10, Reverse: false);
    private readonly ManualTime time = new();
    private readonly FakeFamily[] families = FakeFamily.All();
    private readonly FakeFamily flows;

    public OverviewTests() => flows = (FakeFamily)families.Named(FamilyNames.Flow);

    [Fact]
    public void A_rate_is_what_the_window_added_by_its_true_length()
    {
        FlowHistory history = new(families, time);
        int row = flows.Add("a", "b", "c", default, 0);
        for (int second = 0; second <= 120; second += 2)
        {
            history.Take();
            flows.Grow(row, new FlowTotals(second < 100 ? 2_000u : 6_000u, 4, 1));
            time.Pass(2);
        }
        PairView pair = Read(history, All).Pairs!.Rows[0];

        Assert.Equal(3_000, pair.Volume.Last10.BytesPerSecond, 1e-9);
        Assert.Equal((20 * 2_000 + 10 * 6_000) / 60.0, pair.Volume.Last60.BytesPerSecond, 1e-9);
        Assert.Equal(2, pair.Volume.Last10.PacketsPerSecond, 1e-9);
    }

    [Fact]
    public void A_young_history_divides_by_its_age_and_an_empty_one_has_no_rate()
    {
        FlowHistory history = new(families, time);
        Assert.Equal(0, Read(history, All).Total.Last10.BytesPerSecond);
        history.Take();
        flows.Add("a", "b", "c", new FlowTotals(900, 3, 1), 0);
        time.Pass(3);
        history.Take();
        Overview overview = Read(history, All);

        Assert.Equal(300, overview.Total.Last60.BytesPerSecond, 1e-9);
        Assert.Equal(3, overview.WindowSeconds.Last60);
    }

    [Theory]
    [InlineData(1, "")]
    [InlineData(7, "")]
    [InlineData(100, "ns-1")]
    [InlineData(3, "SVC-2")]
    [InlineData(10_000, "absent")]
    public void Rows_and_rest_sum_to_what_matches_and_without_filter_to_the_total(int limit, string filter)
    {
        FlowHistory history = Traffic(300);
        Overview overview = Read(history, All with { Limit = limit, Filter = filter });
        UInt128 expected = 0;
        foreach ((FamilyRow series, FlowTotals totals) in flows.Rows)
        {
            string labels = $"{series[0]}\n{series[1]}\n{series[2]}";
            if (labels.Contains(filter, StringComparison.OrdinalIgnoreCase)) expected += totals.Bytes;
        }

        Assert.Equal(expected, overview.Matched.Bytes);
        Assert.Equal(expected, Sum(overview.Pairs!.Rows.Select(row => row.Volume).Append(overview.Pairs!.Rest)));
        Assert.Equal(expected, Sum(overview.Services!.Rows.Select(row => row.Volume).Append(overview.Services!.Rest)));
        Assert.Equal(Sum(flows.Rows.Select(row => row.Totals.Bytes)), overview.Total.Bytes);
        Assert.Equal(Math.Min(limit, overview.Pairs!.Count), overview.Pairs!.Rows.Count);
        Assert.Equal(
            overview.Matched.Last10.BytesPerSecond,
            overview.Pairs!.Rows.Select(row => row.Volume).Append(overview.Pairs!.Rest).Sum(volume => volume.Last10.BytesPerSecond), 1e-3);
    }

    [Theory]
    [InlineData(nameof(OverviewSort.Last10)), InlineData(nameof(OverviewSort.Last60)), InlineData(nameof(OverviewSort.Packets))]
    [InlineData(nameof(OverviewSort.Total)), InlineData(nameof(OverviewSort.Source)), InlineData(nameof(OverviewSort.Destination))]
    public void Pairs_come_in_the_order_asked_for_and_reversed(string order)
    {
        OverviewSort sort = Enum.Parse<OverviewSort>(order);
        FlowHistory history = Traffic(200);
        Func<PairView, IComparable> key = sort switch
        {
            OverviewSort.Last10 => row => -row.Volume.Last10.BytesPerSecond,
            OverviewSort.Last60 => row => -row.Volume.Last60.BytesPerSecond,
            OverviewSort.Packets => row => -row.Volume.Last10.PacketsPerSecond,
            OverviewSort.Total => row => -(double)row.Volume.Bytes,
            OverviewSort.Source => row => row.Source,
            _ => row => row.Destination,
        };
        IComparable[] natural = [.. Read(history, All with { Sort = sort }).Pairs!.Rows.Select(key)];
        IComparable[] reversed = [.. Read(history, All with { Sort = sort, Reverse = true }).Pairs!.Rows.Select(key)];

        Assert.Equal(natural.Order(), natural);
        Assert.Equal(reversed.OrderDescending(), reversed);
    }

    [Theory]
    [InlineData(0), InlineData(50), InlineData(395), InlineData(100_000)]
    public void Rows_from_an_offset_and_the_rest_sum_to_what_matches(int offset)
    {
        FlowHistory history = Traffic(300);
        PairView[] all = [.. Read(history, All).Pairs!.Rows];
        TableView<PairView> part = Read(history, All with { Limit = 40, Offset = offset }).Pairs!;

        Assert.Equal(Math.Min(offset, all.Length - 40), part.Offset);
        Assert.Equal(all.Skip(part.Offset).Take(40).Select(pair => (pair.Source, pair.Destination)), part.Rows.Select(pair => (pair.Source, pair.Destination)));
        Assert.Equal(Sum(all.Select(pair => pair.Volume)), Sum(part.Rows.Select(pair => pair.Volume).Append(part.Rest)));
    }

    [Fact]
    public void Only_the_parts_that_are_asked_for_are_there()
    {
        FlowHistory history = Traffic(30);
        Overview agents = Read(history, All with { Parts = OverviewParts.Agents | OverviewParts.Unknown }), none = Read(history, All with { Parts = OverviewParts.None });
        Assert.True(agents is { Agents: not null, Unknown: not null, Pairs: null, Services: null, Acknowledged: null, History: null });
        Assert.True(none is { Agents: null, Unknown: null, Pairs: null, Services: null });
        Assert.Equal(Read(history, All).Total, none.Total);
    }

    [Fact]
    public void Agents_in_trouble_come_first_and_loss_is_a_share_of_what_was_sent()
    {
        FakeExporter exporter = new(time);
        exporter.AddAgent("10.128.0.2", node: "fine").Datagrams = 100;
        Agent lossy = exporter.AddAgent("10.129.0.2", node: "lossy");
        (lossy.Datagrams, lossy.Lost, lossy.SamplingRate) = (75, 25, 400);
        Agent silent = exporter.AddAgent("fd00::2", node: "silent");
        silent.LastSeen = exporter.Now - (91L * 1_000_000_000);
        exporter.AddAgent("10.131.0.2").Conflicts = 1;
        exporter.Registries.Nodes.Intern("mute", null, exporter.Now - (91L * 1_000_000_000));
        Overview overview = Read(new FlowHistory(families, time), All, exporter, exporter.Now - (91L * 1_000_000_000));

        Assert.Equal(["@unknown", "mute", "silent", "lossy", "fine"], overview.Agents!.Rows.Select(agent => agent.ObserverNode));
        Assert.Equal(0.25, overview.Agents!.Rows[3].LossShare);
        Assert.Equal(["unknown_sender", "never_seen", "silent", "ok", "ok"], overview.Agents!.Rows.Select(agent => agent.State));
        Assert.Equal((4, 4, 25L), (overview.Agents!.Count, overview.Agents!.Expected, overview.Agents!.Lost));
        Assert.Equal((1, 1, 2, 0), (overview.Agents!.States["silent"], overview.Agents!.States["never_seen"], overview.Agents!.States["ok"], overview.Agents!.States["restarted"]));
        Assert.Equal(new SamplingView(400, 400), overview.Sampling);
    }

    [Fact]
    public void What_is_unknown_and_what_has_no_series_is_shown_as_share_of_the_total()
    {
        flows.Grow(0, new FlowTotals(100, 1, 1));
        flows.Add(ReservedLabels.Unknown, "b", "c", new FlowTotals(300, 1, 1), 0);
        flows.Add("a", ReservedLabels.Unknown, "c", new FlowTotals(200, 1, 1), 0);
        flows.Add("a", "b", "c", new FlowTotals(400, 1, 1), 0);
        FlowHistory history = new(families, time);
        history.Take();
        UnknownView unknown = Read(history, All).Unknown!;

        Assert.Equal(new ShareView(500, 2, 0.5), unknown.Endpoints);
        Assert.Equal((100UL, 0.1, 4), (unknown.Remainder.Bytes, unknown.Remainder.Share, unknown.Remainder.Series));
    }

    [Fact]
    public void How_servers_were_determined_is_summed_over_the_workers()
    {
        FakeExporter exporter = new(time);
        for (int worker = 0; worker < 2; worker++)
        {
            exporter.Workers[worker].Count(ServerReason.SynAck);
            exporter.Workers[worker].Count(ServerReason.IanaPort);
            exporter.Workers[worker].Count(ServerReason.IanaPort);
        }
        IReadOnlyDictionary<string, long> reasons = Read(new FlowHistory(families, time), All, exporter).Unknown!.ServerReasons;

        Assert.Equal((2, 4, 0), (reasons["syn_ack"], reasons["iana_port"], reasons["lower_port"]));
    }

    [Fact]
    public void A_sink_whose_server_takes_nothing_is_reported_with_one_safe_line_until_it_does()
    {
        FakeExporter exporter = new(time);
        exporter.Sink.Down("search:9200 says\n<b>no</b>\u202E\u0007" + new string('x', 5_000));
        string? down = Sink().Down;
        exporter.Sink.Up();

        Assert.StartsWith("search:9200 says <b>no</b>  xxx", down, StringComparison.Ordinal);
        Assert.Equal(300, down!.Length);
        Assert.Null(Sink().Down);

        SinkView Sink() => Assert.Single(Read(new FlowHistory(families, time), All, exporter).Unknown!.Sinks);
    }

    [Theory]
    [InlineData("limit=0", "limit"), InlineData("limit=-1", "limit"), InlineData("limit=10001", "limit"), InlineData("limit=x", "limit")]
    [InlineData("sort=colour", "sort"), InlineData("sort=last10,total", "sort"), InlineData("limit=3&limit=4", "limit"), InlineData("colour=red", "colour"), InlineData("sort=3", "sort"), InlineData("order=down", "order")]
    [InlineData("parts=pairs,", "parts"), InlineData("parts=Pairs", "parts"), InlineData("parts=all", "parts"), InlineData("offset=-1", "offset"), InlineData("offset=1000001", "offset")]
    public async Task A_wrong_parameter_is_refused_by_its_name(string query, string name)
    {
        await using FakeExporter exporter = await new FakeExporter(time).StartAsync();
        using HttpResponseMessage response = await exporter.Client.GetAsync($"/api/overview?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(name, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("parameter").GetString());
    }

    [Fact]
    public async Task The_answer_is_JSON_in_which_hostile_names_are_only_text()
    {
        const string hostile = "</script><img src=x onerror=alert(1)>";
        await using FakeExporter exporter = new(TimeProvider.System);
        exporter.Flows.Add(hostile, "b", "c", new FlowTotals(1, 1, 1), 0);
        await exporter.StartAsync();
        string text = await exporter.Client.GetStringAsync("/api/overview");
        using JsonDocument json = JsonDocument.Parse(text);

        Assert.DoesNotContain("<", text, StringComparison.Ordinal);
        Assert.Contains(json.RootElement.GetProperty("pairs").GetProperty("rows").EnumerateArray(), row => row.GetProperty("source").GetString() == hostile);
    }

    [Fact]
    public async Task Every_figure_comes_with_its_error_and_below_30_samples_with_none()
    {
        await using FakeExporter exporter = new(TimeProvider.System);
        const double spread = 400.0 * 399;
        exporter.Flows.Add("shop", "bank", "many", new FlowTotals(400 * 1_000 * 100, 400 * 100, 100, spread * 1e6 * 100, spread * 100), 0);
        exporter.Flows.Add("shop", "dns", "few", new FlowTotals(400 * 80 * 29, 400 * 29, 29, spread * 6_400 * 29, spread * 29), 0);
        exporter.Flows.Grow(0, new FlowTotals(400 * 500 * 36, 400 * 36, 36, spread * 250_000 * 36, spread * 36));
        await exporter.StartAsync();
        string text = await exporter.Client.GetStringAsync("/api/overview?sort=source");
        using JsonDocument json = JsonDocument.Parse(text);
        Dictionary<string, JsonElement> rows = json.RootElement.GetProperty("pairs").GetProperty("rows").EnumerateArray()
            .ToDictionary(row => row.GetProperty("destination").GetString()!, row => row.GetProperty("volume").GetProperty("error"));

        Assert.Contains("± 22 %", text, StringComparison.Ordinal);
        Assert.Equal(("± 22 %", "± 22 %"), (rows["bank"].GetProperty("bytes").GetString(), rows["bank"].GetProperty("packets").GetString()));
        Assert.Equal(100 * (Math.Exp(1.96 * Math.Sqrt(399.0 / 400 / 100)) - 1), rows["bank"].GetProperty("bytesPercent").GetDouble(), 1e-9);
        Assert.Equal(("too few", JsonValueKind.Null), (rows["dns"].GetProperty("bytes").GetString(), rows["dns"].GetProperty("bytesPercent").ValueKind));
        Assert.Equal("± 39 %", rows[ReservedLabels.Other].GetProperty("bytes").GetString());
        // The sum over all rows: variances add up, so that the total is surer than any part of it.
        double variance = (1e6 * 100) + (6_400 * 29) + (250_000 * 36), bytes = (1_000 * 100) + (80 * 29) + (500 * 36);
        Assert.Equal(100 * (Math.Exp(1.96 * Math.Sqrt(399.0 / 400 * variance) / bytes) - 1), json.RootElement.GetProperty("total").GetProperty("error").GetProperty("bytesPercent").GetDouble(), 1e-9);
    }

    /// <summary>All figures of a viewer are sums over the rows of its namespaces, computed here from the rows themselves.</summary>
    [Fact]
    public void A_viewer_of_some_namespaces_gets_their_rows_their_sums_and_nothing_else()
    {
        FakeExporter exporter = new(time);
        exporter.AddAgent("10.128.0.2", node: "worker-1").SamplingRate = 400;
        FlowHistory history = Traffic(300);
        Viewer viewer = Viewer.Only(["ns-3", "ns-17"]);
        Overview everything = Read(history, All, exporter), overview = Read(history, All, exporter, viewer: viewer);
        bool Seen(PairView pair) => pair.Source is "ns-3" or "ns-17" || pair.Destination is "ns-3" or "ns-17";
        PairView[] expected = [.. everything.Pairs!.Rows.Where(Seen)];

        Assert.Equal(expected.Select(pair => (pair.Source, pair.Destination, pair.Volume)), overview.Pairs!.Rows.Select(pair => (pair.Source, pair.Destination, pair.Volume)));
        Assert.InRange(expected.Length, 1, everything.Pairs!.Count - 1);
        Assert.Equal(Sum(expected.Select(pair => pair.Volume)), overview.Total.Bytes);
        Assert.Equal(overview.Total.Bytes, Sum(overview.Services!.Rows.Select(service => service.Volume)));
        Assert.Equal(expected.Sum(pair => pair.Volume.Last60.BytesPerSecond), overview.History!.Average(), 1e-6);
        Assert.Equal((false, 2), (overview.Viewer.All, overview.Viewer.Namespaces.Count));
        Assert.True(overview.Agents is null && overview.Unknown is null && overview.Sampling is null && everything is { Agents: not null, Unknown: not null });
    }

    private FlowHistory Traffic(int rows)
    {
        Random random = new(11);
        for (int row = 0; row < rows; row++)
            flows.Add($"ns-{random.Next(20)}", $"ns-{random.Next(20)}", $"svc-{random.Next(9)}", new FlowTotals((ulong)random.Next(100_000), 1, 1), 0);
        FlowHistory history = new(families, time);
        for (int tick = 0; tick < 40; tick++)
        {
            history.Take();
            for (int row = 0; row <= rows; row++) flows.Grow(row, new FlowTotals((ulong)random.Next(5_000), (ulong)random.Next(50), 1));
            time.Pass(2);
        }
        history.Take();
        return history;
    }

    private Overview Read(FlowHistory history, OverviewQuery query, FakeExporter? exporter = null, long started = 0, Viewer? viewer = null)
    {
        exporter ??= new FakeExporter(time);
        Sources sources = new(exporter.Workers, exporter.Agents, AgentRoster.Live(exporter.Agents, exporter.Registries.Nodes, started), exporter.Calibration, families, exporter.Registries, [exporter.Queue], [exporter.Sink], [], [], new SteadyClock(time));
        return new OverviewReader(sources, history, new ReceiveOptions(), new HttpOptions(), time).Read(query, viewer ?? Viewer.Everything);
    }

    private static UInt128 Sum(IEnumerable<VolumeView> volumes) => Sum(volumes.Select(volume => volume.Bytes));

    private static UInt128 Sum(IEnumerable<UInt128> values) => values.Aggregate(UInt128.Zero, (sum, value) => sum + value);
}
