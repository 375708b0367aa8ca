using System.Net;
using System.Text.Json;
using SFlow.Exporter.Http.Access;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Pipeline.Filters;
using SFlow.Exporter.Tests.Store;

namespace SFlow.Exporter.Tests.History.Query;

public sealed class NamesApiTests
{
    private readonly SampleFlows names = new(4);

    [Theory]
    [InlineData("field=namespace&prefix=TEAM-", "team-0,team-1,team-2,team-3,team-4,team-5,team-6")]
    [InlineData("field=namespace&prefix=@int", "@internet"), InlineData("field=locality&prefix=cross", "cross_region,cross_zone")]
    [InlineData("field=workload&prefix=team-1/s", "team-1/Service/web-5"), InlineData("field=workload&prefix=web-12", "team-1/Deployment/web-12,team-2/Deployment/web-12,team-3/Deployment/web-12")]
    [InlineData("field=service&prefix=team-1/web-5:", "team-1/web-5:http,team-1/web-5:metrics"), InlineData("field=node", "node-0,node-1,node-2"), InlineData("field=zone", "a")]
    [InlineData("field=network&prefix=@", "@cluster,@internet"), InlineData("field=key&prefix=peer_n", "peer_namespace,peer_network,peer_node"), InlineData("field=protocol&prefix=ipv", "ipv4,ipv6,ipv6-icmp")]
    [InlineData("field=namespace&prefix=shop", "")]
    public async Task Names_begin_with_the_text_and_are_sorted(string query, string expected)
    {
        await using HistoryApi api = await HistoryApi.StartAsync(null, names.Registries);
        (_, JsonElement answer, _) = await api.GetAsync("/api/names?" + query);
        Assert.Equal(expected, string.Join(',', answer.GetProperty("names").EnumerateArray().Select(name => name.GetString())));
        Assert.True(answer.GetProperty("complete").GetBoolean());
    }

    [Fact]
    public async Task More_names_than_the_limit_are_not_complete()
    {
        await using HistoryApi api = await HistoryApi.StartAsync(new MemoryHistory(names), names.Registries);
        (_, JsonElement answer, _) = await api.GetAsync("/api/names?field=namespace&prefix=team&limit=3");
        Assert.Equal(("""["team-0","team-1","team-2"]""", false), (answer.GetProperty("names").GetRawText(), answer.GetProperty("complete").GetBoolean()));
    }

    /// <summary>Names of the history that the running program has not met yet, and names that need quotes.</summary>
    [Fact]
    public async Task Names_of_the_history_are_there_and_are_values_of_a_filter()
    {
        SampleFlows former = new(5);
        former.Registries.Endpoints.Intern(new FlowEndpoint { Kind = EndpointKind.Pod, Label = "former", Namespace = "former", OwnerKind = "Job", OwnerName = "a, \"b\"" });
        await using HistoryApi api = await HistoryApi.StartAsync(new MemoryHistory(former), new Registries());
        (_, JsonElement answer, _) = await api.GetAsync("/api/names?field=workload&prefix=former");
        string name = Assert.Single(answer.GetProperty("names").EnumerateArray()).GetString()!;
        Assert.True(FilterParser.TryParse($"workload={name}", out FlowFilter filter, out _));
        Assert.Equal("former/Job/a, \"b\"", Assert.Single(Assert.Single(filter.Terms).Values).Text);
    }

    [Theory]
    [InlineData("namespace", "@internet,@link,@multicast,@node,@ovn,@private,@unknown,team-2"), InlineData("service", "")]
    [InlineData("workload", "of the registry")]
    public async Task A_viewer_gets_the_names_of_its_namespaces(string field, string expected)
    {
        await using HistoryApi api = await HistoryApi.StartAsync(new MemoryHistory(names), names.Registries, viewer: Viewer.Only(["team-2"]));
        (_, JsonElement answer, _) = await api.GetAsync($"/api/names?field={field}");
        string[] own = [.. Enumerable.Range(0, names.Registries.Endpoints.Count).Select(id => names.Registries.Endpoints[id]).Where(host => host.Label == "team-2").Select(host => $"team-2/{host.OwnerKind}/{host.OwnerName}").Distinct().Order(StringComparer.OrdinalIgnoreCase)];
        if (field == "workload") expected = string.Join(',', own);
        Assert.Equal(expected, string.Join(',', answer.GetProperty("names").EnumerateArray().Select(name => name.GetString())));
    }

    [Theory]
    [InlineData("", "field"), InlineData("field=pod", "field"), InlineData("field=key&limit=0", "limit"), InlineData("field=key&limit=1001", "limit"), InlineData("field=key&prefx=a", "prefx")]
    public async Task A_wrong_parameter_is_refused(string query, string parameter)
    {
        await using HistoryApi api = await HistoryApi.StartAsync(null, names.Registries);
        (HttpStatusCode status, JsonElement problem, _) = await api.GetAsync("/api/names?" + query);
        Assert.Equal((HttpStatusCode.BadRequest, parameter), (status, problem.GetProperty("parameter").GetString()));
    }
}
