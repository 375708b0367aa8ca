using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using SFlow.Tests;

namespace SFlow.EndToEnd.Tests.Services;

/// <summary>A sample vector's element as Prometheus answers it.</summary>
internal sealed record PrometheusValue(IReadOnlyDictionary<string, string> Labels, double Value);

/// <summary>A real Prometheus that scrapes one target, and its promtool. Ends with the test, and only its own process.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private const string TargetFile = "targets.json";

    private readonly Process process;
    private readonly DirectoryInfo folder;
    private readonly HttpClient client;

    private PrometheusServer(Process process, DirectoryInfo folder, Uri address)
    {
        this.process = process;
        this.folder = folder;
        Address = address;
        client = new HttpClient { BaseAddress = address };
    }

    public Uri Address { get; }

    /// <summary>Starts a server that scrapes <c>/metrics</c> of the target.</summary>
    /// <param name="target">Base address of the exporter.</param>
    /// <param name="interval">Time from scrape to scrape, in Prometheus' words; rules are evaluated as often.</param>
    /// <param name="rules">Files of rules, with wildcards; null for none.</param>
    public static Task<PrometheusServer> StartAsync(Uri target, string interval = "1s", string? rules = null) =>
        StartAsync(_ => $"static_configs: [{{targets: ['{target.Authority}']}}]", target.Scheme, interval, rules);

    /// <summary>Starts a server that scrapes what <see cref="ScrapeAsync"/> names, each with its label <c>service</c>, as Prometheus' operator sets it.</summary>
    public static Task<PrometheusServer> StartWithCopiesAsync(string interval, string rules) =>
        StartAsync(folder => $"file_sd_configs: [{{files: ['{Path.Combine(folder, TargetFile)}']}}]", "http", interval, rules);

    /// <summary>Changes the targets of a server with copies at once; a target that is gone becomes stale.</summary>
    public async Task ScrapeAsync(params (string Service, Uri Address)[] targets)
    {
        string next = Path.Combine(folder.FullName, "next");
        await File.WriteAllTextAsync(next, JsonSerializer.Serialize(targets.Select(target => new { targets = (string[])[target.Address.Authority], labels = new { service = target.Service } })));
        File.Move(next, Path.Combine(folder.FullName, TargetFile), overwrite: true);
    }

    private static async Task<PrometheusServer> StartAsync(Func<string, string> discovery, string scheme, string interval, string? rules)
    {
        string start = SharedFolder.Require("services", "prometheus", "start");
        DirectoryInfo scratch = Directory.CreateTempSubdirectory("sflow-prometheus-");
        string config = Path.Combine(scratch.FullName, "prometheus.yml");
        await File.WriteAllTextAsync(config, $$"""
            global: {scrape_interval: {{interval}}, scrape_timeout: {{interval}}, evaluation_interval: {{interval}}}
            rule_files: [{{(rules is null ? "" : $"'{rules}'")}}]
            scrape_configs:
              - job_name: exporter
                scheme: {{scheme}}
                {{discovery(scratch.FullName)}}
            """);
        // Features as most people run it: nothing that would put a zero before a series in our place.
        Process server = Process.Start(new ProcessStartInfo(start)
        {
            ArgumentList = { "--data", Path.Combine(scratch.FullName, "data"), "--config", config, "--features", "exemplar-storage", "--", "--log.level=error" },
            RedirectStandardOutput = true, UseShellExecute = false,
        })!;
        string line = await server.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("Prometheus ended before it was ready");
        return new PrometheusServer(server, scratch, new Uri(line["ready ".Length..]));
    }

    /// <summary>An instant query; fails the test with Prometheus' own words when the expression is refused.</summary>
    /// <param name="expression">The query.</param>
    /// <param name="moment">Time of evaluation, in seconds of Unix time; null for now.</param>
    public async Task<IReadOnlyList<PrometheusValue>> QueryAsync(string expression, string? moment = null)
    {
        string time = moment is null ? "" : $"&time={moment}";
        using JsonDocument answer = await AskAsync($"/api/v1/query?query={Uri.EscapeDataString(expression)}{time}", expression);
        JsonElement data = answer.RootElement.GetProperty("data");
        if (data.GetProperty("resultType").GetString() == "scalar") return [new PrometheusValue(new Dictionary<string, string>(), Number(data.GetProperty("result")))];
        return [.. data.GetProperty("result").EnumerateArray().Select(element => new PrometheusValue(
            element.GetProperty("metric").EnumerateObject().ToDictionary(label => label.Name, label => label.Value.GetString()!), Number(element.GetProperty("value"))))];
    }

    /// <summary>The values of an expression with one series, at each step of a time in the past; a step without a value is absent.</summary>
    public async Task<IReadOnlyDictionary<long, double>> RangeAsync(string expression, long from, long to, int step)
    {
        using JsonDocument answer = await AskAsync($"/api/v1/query_range?query={Uri.EscapeDataString(expression)}&start={from}&end={to}&step={step}", expression);
        JsonElement series = Assert.Single(answer.RootElement.GetProperty("data").GetProperty("result").EnumerateArray());
        return series.GetProperty("values").EnumerateArray().ToDictionary(value => (long)value[0].GetDouble(), Number);
    }

    /// <summary>All stored values of the selector's only series, oldest first.</summary>
    public async Task<IReadOnlyList<double>> StoredAsync(string selector)
    {
        using JsonDocument answer = await AskAsync($"/api/v1/query?query={Uri.EscapeDataString(selector + "[1h]")}", selector);
        JsonElement[] series = [.. answer.RootElement.GetProperty("data").GetProperty("result").EnumerateArray()];
        return series.Length == 0 ? [] : [.. Assert.Single(series).GetProperty("values").EnumerateArray().Select(Number)];
    }

    /// <summary>Waits until a query answers as wanted; fails after a minute with the last answer.</summary>
    public async Task<IReadOnlyList<PrometheusValue>> WaitForAsync(string expression, Func<IReadOnlyList<PrometheusValue>, bool> wanted)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            IReadOnlyList<PrometheusValue> answer = await QueryAsync(expression);
            if (wanted(answer)) return answer;
            if (Stopwatch.GetElapsedTime(start) > TimeSpan.FromMinutes(1)) Assert.Fail($"{expression} stays at [{string.Join(", ", answer.Select(value => value.Value))}]");
            await Task.Delay(100);
        }
    }

    /// <summary>Runs promtool; its exit code and everything it said.</summary>
    public static async Task<(int ExitCode, string Said)> PromtoolAsync(string input, params string[] arguments)
    {
        ProcessStartInfo start = new(SharedFolder.Require("services", "prometheus", "promtool"), arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        using Process promtool = Process.Start(start)!;
        Task<string> output = promtool.StandardOutput.ReadToEndAsync(), errors = promtool.StandardError.ReadToEndAsync();
        await promtool.StandardInput.WriteAsync(input);
        promtool.StandardInput.Close();
        string said = await output + await errors;
        await promtool.WaitForExitAsync();
        return (promtool.ExitCode, said);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        folder.Delete(recursive: true);
    }

    private async Task<JsonDocument> AskAsync(string path, string expression)
    {
        using HttpResponseMessage response = await client.GetAsync(path);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{expression}: {text}");
        return JsonDocument.Parse(text);
    }

    private static double Number(JsonElement timeAndValue) =>
        timeAndValue[1].GetString() switch
        {
            "+Inf" => double.PositiveInfinity,
            "-Inf" => double.NegativeInfinity,
            string text => double.Parse(text, CultureInfo.InvariantCulture),
            null => double.NaN,
        };
}
