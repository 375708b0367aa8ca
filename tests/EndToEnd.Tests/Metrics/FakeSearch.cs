using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace SFlow.EndToEnd.Tests.Metrics;

/// <summary>A stand-in for the search of records: pages by position, and what was requested.</summary>
internal sealed class FakeSearch
{
    public const string Hostile = "<img src=x onerror=\"document.title='owned'\">";

    public const int Records = 2_000, Page = 500;

    public List<string> Asked { get; } = [];

    public void Map(WebApplication application) => application.MapGet("/api/flows", (HttpContext context) =>
    {
        Asked.Add(context.Request.QueryString.Value ?? "");
        IQueryCollection query = context.Request.Query;
        if (query["filter"].ToString().StartsWith("namspace", StringComparison.Ordinal))
            return Results.Text(Refusal.ToJsonString(), "application/problem+json", statusCode: 400);
        int from = query["before"] is [{ } before] ? int.Parse(before, CultureInfo.InvariantCulture) : 0;
        int limit = query["limit"] is [{ } text] ? int.Parse(text, CultureInfo.InvariantCulture) : 50;
        int until = Math.Min(Records, from + limit);
        JsonArray flows = [.. Enumerable.Range(from, until - from).Select(Record)];
        return Results.Text(new JsonObject { ["flows"] = flows, ["next"] = until < Records ? until.ToString(CultureInfo.InvariantCulture) : null }.ToJsonString(), "application/json");
    });

    private static JsonObject Refusal => new()
    {
        ["title"] = "Bad Request", ["status"] = 400, ["detail"] = "There is no key 'namspace' in a filter; the nearest is 'namespace'.",
        ["parameter"] = "filter", ["position"] = 0, ["length"] = 8, ["suggestion"] = "namespace",
    };

    private static JsonNode Record(int position) => new JsonObject
    {
        ["@timestamp"] = $"2026-11-24T12:{59 - (position / 60):00}:{59 - (position % 60):00}.123Z",
        ["source.ip"] = "10.128.0.17",
        ["source.port"] = 40_000 + position,
        ["source.kubernetes.namespace"] = "shop-frontend",
        ["sflow.source_namespace"] = "shop-frontend",
        ["source.kubernetes.name"] = position == 0 ? Hostile : "web-6d5f-x2x7k",
        ["destination.ip"] = position % 2 == 0 ? "172.30.44.9" : "fd00:10:96::9",
        ["destination.port"] = 8080,
        ["destination.kubernetes.namespace"] = "shop-backend",
        ["destination.kubernetes.name"] = "orders",
        ["network.transport"] = "tcp",
        ["network.bytes"] = 571_200 + position,
        ["network.packets"] = 400,
        ["sflow.server_service"] = "shop-backend/orders:http",
        ["sflow.counted"] = position % 3 != 0,
        ["sflow.observation"] = position % 3 != 0 ? "source" : "destination",
    };
}
