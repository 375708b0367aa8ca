using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using SFlow.Exporter.History;
using SFlow.Exporter.History.Query;
using SFlow.Exporter.Http.Access;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Tests.Store;

namespace SFlow.Exporter.Tests.History.Query;

public sealed class HistoryApiTests
{
    /// <summary>2027-01-15, a whole day.</summary>
    private const long Start = 1_799_971_200;

    private readonly FakeTimeProvider time = new(DateTimeOffset.FromUnixTimeSeconds(Start + 610));
    private readonly SampleFlows names = new(3);

    [Fact]
    public async Task A_gap_is_null_and_traffic_without_samples_is_zero()
    {
        MemoryHistory history = new(names);
        // Minutes 0, 1, 4 and 5 have data, and the pair has none in minute 4.
        foreach (int minute in (int[])[0, 1, 4, 5]) history.Add(Start + (minute * 60), minute == 5 ? 30_000 : 60_000, default, minute == 4 ? [] : [Row(1, 2, (ulong)(1_000 + minute))]);
        await using HistoryApi api = await HistoryApi.StartAsync(history, names.Registries, time);
        (_, JsonElement answer, _) = await api.GetAsync("/api/series?from=2027-01-15&to=now&group=workload");

        Assert.Equal("[1000,1001,null,null,0,1005,null,null,null,null]", answer.GetProperty("series")[0].GetProperty("values").GetRawText());
        Assert.Equal("[60,60,0,0,60,30,0,0,0,0]", answer.GetProperty("covered").GetRawText());
        Assert.Equal("[0,0,null,null,0,0,null,null,null,null]", answer.GetProperty("remainder").GetProperty("values").GetRawText());
        Assert.Equal(("2027-01-15T00:00:00Z", "2027-01-15T00:10:00Z"), (answer.GetProperty("from").GetString(), answer.GetProperty("to").GetString()));
        Assert.Equal(("2027-01-15T00:00:00Z", "2027-01-15T00:06:00Z"), (answer.GetProperty("complete_from").GetString(), answer.GetProperty("complete_to").GetString()));
        Assert.Equal(["The history has no data from 2027-01-15T00:02:00Z to 2027-01-15T00:04:00Z."], answer.GetProperty("notes").EnumerateArray().Select(note => note.GetString()));
        Assert.Equal("""{"source":{"namespace":"team-0","kind":"Service","workload":"web-0"},"destination":{"namespace":"team-1","kind":"Deployment","workload":"web-0"}}""", answer.GetProperty("series")[0].GetProperty("name").GetRawText());
        Assert.Equal(("team-0/Service/web-0 → team-1/Deployment/web-0", "from_workload=team-0/Service/web-0 to_workload=team-1/Deployment/web-0"), (answer.GetProperty("series")[0].GetProperty("label").GetString(), answer.GetProperty("series")[0].GetProperty("filter").GetString()));

        (_, JsonElement top, _) = await api.GetAsync("/api/top?from=2027-01-15&to=now&group=workload");
        Assert.Equal("2027-01-15T00:10:00Z", top.GetProperty("to").GetString());
        Assert.Equal((3_006, 210, 86_400), (top.GetProperty("total").GetProperty("total").GetInt64(), top.GetProperty("covered").GetInt64(), top.GetProperty("resolution").GetInt64()));
        foreach (string absent in (string[])["times", "step"]) Assert.False(top.TryGetProperty(absent, out _));
        Assert.False(top.GetProperty("series")[0].TryGetProperty("values", out _));
    }

    [Theory]
    [InlineData("filter=namespace=shop address=10.0.0.1", "filter", 15, 16, "needs records"), InlineData("filter=port=443", "filter", 0, 8, "needs records")]
    [InlineData("filter=not protocol=tcp", "filter", 4, 12, "needs records"), InlineData("filter=counted=true node=a", "filter", 0, 12, "needs records")]
    [InlineData("filter=to_port=443", "filter", 0, 11, "needs records"), InlineData("filter=namspace=a", "filter", 0, 8, "nearest")]
    [InlineData("group=peer", "group", null, null, "either host"), InlineData("group=peer&filter=from=shop", "group", null, null, "either host"), InlineData("group=pod", "group", null, null, "workload")]
    [InlineData("direction=back", "direction", null, null, "both"), InlineData("unit=bits", "unit", null, null, "packets"), InlineData("top=101", "top", null, null, "100"), InlineData("top=-1", "top", null, null, "100")]
    [InlineData("step=90s", "step", null, null, "minute"), InlineData("step=0", "step", null, null, "minute"), InlineData("step=x", "step", null, null, "minute"), InlineData("step=1m&from=now-2d", "step", null, null, "at least 2m")]
    [InlineData("from=now&to=now", "to", null, null, "not after"), InlineData("from=yesterday", "from", null, null, "RFC 3339"), InlineData("colour=red", "colour", null, null, "nearest"), InlineData("unit=bytes&unit=bytes", "unit", null, null, "2 times")]
    public async Task A_wrong_parameter_is_refused_with_its_place(string query, string parameter, int? position, int? length, string says)
    {
        await using HistoryApi api = await HistoryApi.StartAsync(new MemoryHistory(names), names.Registries, time);
        (HttpStatusCode status, JsonElement problem, _) = await api.GetAsync("/api/series?" + query);
        Assert.Equal((HttpStatusCode.BadRequest, parameter), (status, problem.GetProperty("parameter").GetString()));
        Assert.Contains(says, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal((position, length), (Part("position"), Part("length")));

        int? Part(string name) => problem.TryGetProperty(name, out JsonElement part) ? part.GetInt32() : null;
    }

    [Fact]
    public async Task An_empty_history_has_no_data_and_no_zeros()
    {
        await using HistoryApi api = await HistoryApi.StartAsync(new MemoryHistory(names), names.Registries, time);
        (HttpStatusCode status, JsonElement answer, _) = await api.GetAsync("/api/series?from=now-3m");
        Assert.Equal((HttpStatusCode.OK, JsonValueKind.Null, 0), (status, answer.GetProperty("complete_from").ValueKind, answer.GetProperty("series").GetArrayLength()));
        Assert.All(answer.GetProperty("total").GetProperty("values").EnumerateArray(), value => Assert.Equal(JsonValueKind.Null, value.ValueKind));
    }

    [Fact]
    public async Task Without_history_the_answer_says_so_and_names_are_still_there()
    {
        await using HistoryApi api = await HistoryApi.StartAsync(null, names.Registries, time);
        foreach (string path in (string[])["/api/series", "/api/top"])
        {
            (HttpStatusCode status, JsonElement problem, _) = await api.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, status);
            Assert.Contains("--store true", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
        (_, JsonElement found, _) = await api.GetAsync("/api/names?field=namespace&prefix=team-1");
        Assert.Equal("""["team-1"]""", found.GetProperty("names").GetRawText());
    }

    [Fact]
    public async Task A_store_that_can_not_be_read_is_503_with_its_reason()
    {
        await using HistoryApi api = await HistoryApi.StartAsync(new BrokenHistory(), names.Registries, time);
        foreach (string target in (string[])["/api/series", "/api/top", "/api/names?field=node"])
        {
            (HttpStatusCode status, JsonElement problem, string? retry) = await api.GetAsync(target);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "5"), (status, retry));
            Assert.Contains("The disk is gone.", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_takes_too_long_is_given_up_and_what_comes_meanwhile_is_refused()
    {
        MemoryHistory history = new(names);
        for (int minute = 0; minute < 9; minute++) history.Add(Start + (minute * 60), 60_000, default, [Row(1, 2, 1_000)]);
        using SemaphoreSlim reads = new(0), goes = new(0);
        history.OnWindow = () =>
        {
            reads.Release();
            goes.Wait();
        };
        HistoryLimits limits = new() { Concurrent = 1, Patience = TimeSpan.FromMilliseconds(50), Time = TimeSpan.FromSeconds(3) };
        await using HistoryApi api = await HistoryApi.StartAsync(history, names.Registries, time, limits);
        Task<(HttpStatusCode Status, JsonElement Body, string? RetryAfter)> slow = api.GetAsync("/api/top?from=now-10m");
        await reads.WaitAsync();

        (HttpStatusCode status, JsonElement problem, string? retry) = await api.GetAsync("/api/series");
        Assert.Equal((HttpStatusCode.TooManyRequests, "1"), (status, retry));
        Assert.Contains("Try again", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        time.Advance(TimeSpan.FromSeconds(4));
        goes.Release(1_000);
        (status, problem, retry) = await slow;
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "5"), (status, retry));
        Assert.Contains("not read within 3 seconds. Choose a shorter range", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await api.GetAsync("/api/series")).Status);
    }

    /// <summary>Names in JSON must not become markup, and a viewer sees nothing of others, traffic without names included.</summary>
    [Fact]
    public async Task A_viewer_gets_sums_of_its_namespaces_only()
    {
        MemoryHistory history = new(names);
        history.Add(Start, 60_000, new HistorySums { Bytes = 77, Samples = 1 }, [Row(2, 3, 1_000), Row(9, 10, 30), Row(3, 4, 500)]);
        await using HistoryApi api = await HistoryApi.StartAsync(history, names.Registries, time, viewer: Viewer.Only(["team-1"]));
        (_, JsonElement answer, _) = await api.GetAsync("/api/top?from=2027-01-15&group=namespace");
        string seen = names.Registries.Endpoints[2].Label, other = names.Registries.Endpoints[3].Label;
        Assert.Equal(("team-1", "team-2"), (seen, other));
        Assert.Equal((1_030, 0), (answer.GetProperty("total").GetProperty("total").GetInt64(), answer.GetProperty("remainder").GetProperty("unnamed").GetInt64()));
        Assert.Equal(("team-1 → team-2", 1_030), Assert.Single(answer.GetProperty("series").EnumerateArray().Select(series => (series.GetProperty("label").GetString(), series.GetProperty("total").GetInt64()))));
        Assert.Empty(answer.GetProperty("notes").EnumerateArray());
    }

    private static HistoryRow Row(int source, int destination, ulong bytes) => new() { Source = source, Destination = destination, Sums = new HistorySums { Bytes = bytes, Packets = 1, Samples = 1 } };

    private sealed class BrokenHistory : IHistory
    {
        public IHistorySnapshot Open() => throw new HistoryUnavailableException("The disk is gone.");
    }
}
