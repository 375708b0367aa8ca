using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using SFlow.Tests;

namespace SFlow.EndToEnd.Tests.Services;

/// <summary>The program itself, started as a user starts it, on ports of the system's choice. Ends with the test.</summary>
internal sealed partial class ExporterProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly ConcurrentQueue<string> log = new();
    private readonly DirectoryInfo folder;
    private readonly HttpClient client = new();

    private ExporterProcess(Process process, DirectoryInfo folder) => (this.process, this.folder) = (process, folder);

    /// <summary>The built program beside this test, or the one that <c>SFLOW_PROGRAM</c> names (the published one, say).</summary>
    public static string Path { get; } = Environment.GetEnvironmentVariable("SFLOW_PROGRAM") ?? System.IO.Path.Combine(AppContext.BaseDirectory, "sflow-exporter");

    public Uri Address => client.BaseAddress!;
    public int Port { get; private set; }
    public IEnumerable<string> Log => log;
    public long ResidentBytes { get { process.Refresh(); return process.WorkingSet64; } }

    /// <summary>Starts a verb that serves, and waits until it does.</summary>
    public static async Task<ExporterProcess> StartAsync(string verb, params string[] arguments)
    {
        DirectoryInfo scratch = Directory.CreateTempSubdirectory("sflow-exporter-");
        return await ReadyAsync(Launch(Path, [verb, "--port", "0", "--http-port", "0", "--data", System.IO.Path.Combine(scratch.FullName, "data"), .. arguments]), scratch);
    }

    /// <summary>Starts another program that becomes the exporter, and waits until it serves.</summary>
    public static Task<ExporterProcess> StartByAsync(string program, params string[] arguments) =>
        ReadyAsync(Launch(program, arguments), Directory.CreateTempSubdirectory("sflow-exporter-"));

    private static async Task<ExporterProcess> ReadyAsync(Process started, DirectoryInfo scratch)
    {
        ExporterProcess exporter = new(started, scratch);
        TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
        started.ErrorDataReceived += (_, line) => exporter.Hear(line.Data, ready);
        started.BeginErrorReadLine();
        await ready.Task.WaitAsync(TimeSpan.FromSeconds(60));
        return exporter;
    }

    /// <summary>Runs the program to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using Process started = Launch(Path, arguments);
        Task<string> output = started.StandardOutput.ReadToEndAsync(), errors = started.StandardError.ReadToEndAsync();
        await Task.WhenAll(output, errors).WaitAsync(TimeSpan.FromMinutes(2));
        await started.WaitForExitAsync();
        return (started.ExitCode, await output, await errors);
    }

    /// <summary>All samples of the exposition by name and labels, as they are written there.</summary>
    public async Task<Dictionary<string, double>> MetricsAsync()
    {
        string text = await client.GetStringAsync("/metrics");
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#')
            .ToDictionary(line => line[..line.LastIndexOf(' ')], line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture), StringComparer.Ordinal);
    }

    public Task<string> GetAsync(string path) => client.GetStringAsync(path);

    /// <summary>Waits until the metrics are as wanted; fails after three minutes, or after the time that is given.</summary>
    public async Task<Dictionary<string, double>> WaitForAsync(Func<Dictionary<string, double>, bool> wanted, TimeSpan? longest = null)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            Dictionary<string, double> metrics = await MetricsAsync();
            if (wanted(metrics)) return metrics;
            if (Stopwatch.GetElapsedTime(start) > (longest ?? TimeSpan.FromMinutes(3))) Assert.Fail(string.Join('\n', metrics.Where(metric => metric.Key.StartsWith("sflow_exporter", StringComparison.Ordinal))));
            await Task.Delay(100);
        }
    }

    /// <summary>Ends the process at once, as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Sends SIGTERM and waits for the end.</summary>
    public async Task<int> StopAsync()
    {
        using Process kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        folder.Delete(recursive: true);
    }

    private static Process Launch(string program, IEnumerable<string> arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false, WorkingDirectory = SharedFolder.Repository,
    })!;

    private void Hear(string? line, TaskCompletionSource ready)
    {
        if (line is null)
        {
            ready.TrySetException(new InvalidOperationException("the program ended: " + string.Join('\n', log)));
            return;
        }
        log.Enqueue(line);
        if (UdpPort().Match(line) is { Success: true } udp) Port = int.Parse(udp.Groups["port"].Value, CultureInfo.InvariantCulture);
        if (HttpPort().Match(line) is not { Success: true } http) return;
        client.BaseAddress = new Uri($"{http.Groups["scheme"].Value}://127.0.0.1:{http.Groups["port"].Value}");
        ready.TrySetResult();
    }

    [GeneratedRegex(@"Listening for sFlow on UDP .*:(?<port>\d+) with", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UdpPort();

    [GeneratedRegex(@"API on (?<scheme>https?)://.*:(?<port>\d+);", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HttpPort();
}
