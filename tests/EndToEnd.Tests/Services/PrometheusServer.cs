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
    public static async Task<PrometheusServer> StartAsync(Uri target, string interval = "1s", string? rules = null)
    {
        string start = SharedFolder.Require("services", "prometheus", "start");
        DirectoryInfo scratch = Directory.CreateTempSubdirectory("sflow-prometheus-");
        string config = Path.Combine(scratch.FullName, "prometheus.yml");
        await File.WriteAllTextAsync(config, $$"""
            global: {scrape_interval: {{interval}}, scrape_timeout: {{interval}}, evaluation_interval: {{interval}}}
            rule_files: [{{(rules is null ? "" : $"'{rules}'")}}]
            scrape_configs:
              - job_name: exporter
                scheme: {{target.Scheme}}
                static_configs: [{targets: ['{{target.Authority}}']}]
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
