using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace SFlow.EndToEnd.Tests.Web;

/// <summary>
/// A stand-in for the history, in the form of docs/api.md: so many pairs of workloads, whose figures follow from their number alone. What is more than
/// half a day old has half the traffic. A history without pairs has not begun.
/// </summary>
internal sealed class FakeHistory(int pairs)
{
    private const int Step = 60;
    private static readonly string[] Localities = ["same_node", "same_zone", "cross_zone", "internet", "unknown"];

    public List<string> Asked { get; } = [];

    /// <summary>Bytes of a pair in a step of today.</summary>
    public static long BytesOf(int pair) => 600_000_000 / (pair + 1);

    public static string LabelOf(int pair) => $"{Workload(pair)} ↔ {Workload(pair + 1)}";

    public void Map(WebApplication application)
    {
        application.MapGet("/api/series", (HttpContext context) => Answer(context.Request, hasSteps: true));
        application.MapGet("/api/top", (HttpContext context) => Answer(context.Request, hasSteps: false));
        application.MapGet("/api/explain", (string address) => Results.Text(
            $$$"""{"address":"{{{address}}}","at":"2026-11-24T12:00:00Z","what":"public address","how":"no known network","owners":[],"place":{"countryName":"Norway","asNumber":64500,"asOrganization":"Example"} }""", "application/json"));
        application.MapGet("/api/names", () => Results.Text("""{"field":"key","prefix":"","names":["namespace","workload"],"complete":true}""", "application/json"));
    }

    private IResult Answer(HttpRequest request, bool hasSteps)
    {
        Asked.Add(request.QueryString.Value ?? "");
        DateTimeOffset from = Time(request.Query["from"]), to = Time(request.Query["to"]);
        int steps = (int)Math.Max(1, (to - from).TotalSeconds / Step), top = int.Parse(request.Query["top"].ToString(), CultureInfo.InvariantCulture);
        long divisor = DateTimeOffset.UtcNow - to > TimeSpan.FromHours(12) ? 2 : 1;
        string group = request.Query["group"].ToString();
        int groups = group switch { "locality" => Localities.Length, "service" => Math.Min(pairs, 8), _ => pairs };
        JsonArray series = [];
        long total = Enumerable.Range(0, groups).Sum(pair => BytesOf(pair) / divisor * steps), shown = 0;
        for (int pair = 0; pair < Math.Min(groups, top); pair++)
        {
            long bytes = BytesOf(pair) / divisor;
            shown += bytes * steps;
            JsonObject row = Sums(bytes, steps, total, hasSteps);
            (row["name"], row["label"], row["filter"]) = Name(group, pair);
            series.Add(row);
        }
        JsonObject remainder = Sums((total - shown) / steps, steps, total, hasSteps);
        (remainder["groups"], remainder["unnamed"]) = (groups - series.Count, 0);
        JsonObject answer = new()
        {
            ["from"] = Iso(from), ["to"] = Iso(to), ["step"] = Step, ["resolution"] = Step, ["unit"] = "bytes", ["group"] = group, ["filter"] = "",
            ["complete_from"] = pairs == 0 ? null : Iso(from.AddDays(-30)), ["complete_to"] = pairs == 0 ? null : Iso(to), ["series"] = series, ["remainder"] = remainder,
            ["total"] = Sums(total / steps, steps, total, hasSteps), ["notes"] = new JsonArray("The history has no data from 12:17 to 12:21."),
            ["covered"] = hasSteps ? new JsonArray([.. Enumerable.Range(0, steps).Select(step => (JsonNode)(IsGap(step) || pairs == 0 ? 0 : Step))]) : pairs == 0 ? 0 : steps * Step,
        };
        if (hasSteps) answer["times"] = new JsonArray([.. Enumerable.Range(0, steps).Select(step => (JsonNode)Iso(from.AddSeconds(step * Step)))]);
        return Results.Text(answer.ToJsonString(), "application/json");
    }

    private static bool IsGap(int step) => step is >= 20 and < 24;

    private static JsonObject Sums(long bytes, int steps, long all, bool hasSteps)
    {
        JsonObject sums = new() { ["total"] = bytes * steps, ["samples"] = bytes / 10_000, ["error"] = bytes < 300_000 ? null : 0.031, ["share"] = all == 0 ? 0 : (double)bytes * steps / all };
        if (!hasSteps) return sums;
        sums["values"] = new JsonArray([.. Enumerable.Range(0, steps).Select(step => IsGap(step) ? null : (JsonNode)bytes)]);
        sums["errors"] = new JsonArray([.. Enumerable.Range(0, steps).Select(step => IsGap(step) || bytes < 300_000 ? null : (JsonNode)0.05)]);
        return sums;
    }

    private static (JsonNode Name, string Label, string Filter) Name(string group, int pair)
    {
        if (group == "locality") return (new JsonObject { ["locality"] = Localities[pair] }, Localities[pair], $"locality={Localities[pair]}");
        if (group == "service") return (new JsonObject { ["service"] = $"shop/api-{pair}:http" }, $"shop/api-{pair}:http", $"service=shop/api-{pair}:http");
        return (new JsonObject { ["source"] = Side(pair), ["destination"] = Side(pair + 1) }, LabelOf(pair), $"workload={Workload(pair)} workload={Workload(pair + 1)}");
    }

    private static string Workload(int number) => $"team-{number % 40}/Deployment/service-with-a-name-{number}";

    private static JsonObject Side(int number) => new()
    {
        ["namespace"] = $"team-{number % 40}", ["kind"] = "Deployment", ["workload"] = $"service-with-a-name-{number}", ["node"] = $"worker-{number % 9}", ["zone"] = $"eu-1{(char)('a' + (number % 3))}", ["network"] = "@cluster",
    };

    private static DateTimeOffset Time(string? text) => text switch
    {
        "now" => DateTimeOffset.UtcNow,
        "now-1h" => DateTimeOffset.UtcNow.AddHours(-1),
        _ => DateTimeOffset.Parse(text!, CultureInfo.InvariantCulture),
    };

    private static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
