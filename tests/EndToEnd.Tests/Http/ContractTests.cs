using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using SFlow.EndToEnd.Tests.Services;

namespace SFlow.EndToEnd.Tests.Http;

/// <summary>Every endpoint with every kind of bad value: a sentence and the right status, never a fault. Meant for the published program.</summary>
public sealed class ContractTests
{
    private static readonly string[] BadValues =
    [
        "-1", "0", "99999999999999999999", "1e3", "0x10", "NaN", "true;", "%00", "%0d%0aX-Injected:1", "%FF%FE", "%", "'%20OR%201=1--", "%F0%9F%98%80",
        "10.0.0.0/99", "2026-13-45T99:99:99Z", "-99999999999d", new string('q', 600),
    ];

    /// <summary>Written by hand, so that it does not follow the code.</summary>
    internal static readonly Dictionary<string, string[]> Parameters = new(StringComparer.Ordinal)
    {
        ["/api/flows"] =
        [
            "namespace", "source_namespace", "destination_namespace", "workload", "service", "conversation", "address", "source_address", "destination_address",
            "port", "protocol", "from", "to", "counted", "limit", "before", "format", "filter", "unheard_of",
        ],
        ["/api/overview"] = ["limit", "offset", "filter", "sort", "order", "parts", "unheard_of"],
        ["/api/series"] = ["filter", "from", "to", "step", "group", "direction", "unit", "top", "unheard_of"],
        ["/api/top"] = ["filter", "from", "to", "group", "direction", "unit", "top", "unheard_of"],
        ["/api/names"] = ["field", "prefix", "limit", "unheard_of"],
        ["/api/policy/suggest"] = ["namespace", "from", "unheard_of"],
        ["/api/explain"] = ["address", "at", "unheard_of"],
        ["/metrics"] = ["unheard_of"], ["/"] = ["unheard_of"], ["/-/healthy"] = ["unheard_of"], ["/-/ready"] = ["unheard_of"], ["/api/fields"] = ["unheard_of"], ["/api/openapi.json"] = ["unheard_of"],
    };

    [Theory]
    [InlineData("true"), InlineData("false")]
    public async Task Every_refusal_is_a_problem_with_a_sentence(string store)
    {
        await using ExporterProcess exporter = await ExporterProcess.StartAsync("run", "--store", store);
        using HttpClient client = new() { BaseAddress = exporter.Address };
        List<string> wrong = [];
        string script = Regex.Match(await client.GetStringAsync("/"), "/page/[^\"]+/page.js", RegexOptions.None, TimeSpan.FromSeconds(1)).Value;
        foreach ((string path, string[] names) in Parameters.Append(new(script, ["unheard_of"])))
        {
            foreach (string name in names)
                foreach (string value in BadValues) await CheckAsync(client, HttpMethod.Get, $"{path}?{name}={value}", null, wrong);
            await CheckAsync(client, HttpMethod.Get, $"{path}?{names[0]}=a&{names[0]}=b", null, wrong);
            await CheckAsync(client, HttpMethod.Get, path + "?x=" + new string('y', 9_000), HttpStatusCode.RequestUriTooLong, wrong);
            await CheckAsync(client, HttpMethod.Post, path, HttpStatusCode.MethodNotAllowed, wrong);
            await CheckAsync(client, HttpMethod.Delete, path, HttpStatusCode.MethodNotAllowed, wrong);
            await CheckAsync(client, HttpMethod.Get, path.TrimEnd('/') + "/../nothing-here", HttpStatusCode.NotFound, wrong);
            using HttpRequestMessage rebound = new(HttpMethod.Get, path) { Headers = { Host = "rebound.attacker.test" } };
            await CheckAsync(client, rebound, HttpStatusCode.MisdirectedRequest, wrong);
        }
        Assert.Empty(wrong);
        Assert.DoesNotContain(exporter.Log, line => line.StartsWith("   at ", StringComparison.Ordinal) || line.Contains("Exception", StringComparison.Ordinal));
    }

    private static async Task CheckAsync(HttpClient client, HttpMethod method, string target, HttpStatusCode? expected, List<string> wrong)
    {
        using HttpRequestMessage request = new(method, new Uri(target, UriKind.Relative));
        await CheckAsync(client, request, expected, wrong);
    }

    private static async Task CheckAsync(HttpClient client, HttpRequestMessage request, HttpStatusCode? expected, List<string> wrong)
    {
        using HttpResponseMessage answer = await client.SendAsync(request);
        string text = await answer.Content.ReadAsStringAsync(), at = $"{request.Method} {request.RequestUri}: {answer.StatusCode} {text[..Math.Min(200, text.Length)]}";
        if (expected is { } status ? answer.StatusCode != status : (int)answer.StatusCode is not (200 or 400 or 404)) wrong.Add(at);
        foreach (string header in (string[])["X-Content-Type-Options", "Content-Security-Policy", "X-Frame-Options", "Referrer-Policy"])
            if (!answer.Headers.Contains(header)) wrong.Add($"{at} lacks {header}");
        if (answer.Headers.Contains("X-Injected")) wrong.Add($"{at} is injected");
        if ((int)answer.StatusCode < 400) return;
        if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json") wrong.Add($"{at} is {answer.Content.Headers.ContentType}");
        else
        {
            JsonElement problem = JsonDocument.Parse(text).RootElement;
            if (problem.GetProperty("status").GetInt32() != (int)answer.StatusCode || problem.GetProperty("detail").GetString() is not { Length: > 10 }) wrong.Add(at);
        }
    }
}
