using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Playwright;
using SFlow.EndToEnd.Tests.Services;
using SFlow.Tests;

namespace SFlow.EndToEnd.Tests.Program;

/// <summary>The program as its users meet it: verbs, bad input, signals, overload, the demo.</summary>
public sealed class ProgramTests(ITestOutputHelper output)
{
    private static readonly string Captures = Path.Combine(SharedFolder.Repository, "tests", "captures");

    [Theory]
    [InlineData(2, "did you mean summarize?", "sumarize", "x.pcap")]
    [InlineData(2, "did you mean --inventory?", "summarize", "x.pcap", "--inventry", "y")]
    [InlineData(2, "whole number from 0 to 65535", "run", "--port", "70000")]
    [InlineData(2, "did you mean --Receive:Port?", "run", "--Recieve:Port=1")]
    [InlineData(2, "HOST:PORT", "replay", "x.pcap", "--to", "nowhere")]
    [InlineData(3, "can't be opened", "decode", "/nowhere/x.pcap")]
    [InlineData(3, "is unknown. Use a capture", "summarize", "README.md")]
    [InlineData(3, "no v1 List", "summarize", "README.md", "--inventory", "tests/captures/ovn-s1-ext.truth.json")]
    [InlineData(3, "is not the JSON of a v1 List", "check", "--inventory", "README.md")]
    public async Task A_mistake_is_reported_on_standard_error_with_what_to_do(int exitCode, string message, params string[] arguments)
    {
        (int code, string said, string errors) = await ExporterProcess.RunAsync(arguments);
        Assert.Equal((exitCode, ""), (code, said));
        Assert.Contains(message, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("demo")]
    [InlineData("check")]
    [InlineData("explain")]
    [InlineData("replay")]
    [InlineData("decode")]
    [InlineData("records")]
    [InlineData("summarize")]
    public async Task Every_verb_has_a_page_of_help(string verb)
    {
        (int code, string said, _) = await ExporterProcess.RunAsync(verb, "--help");
        Assert.Equal(0, code);
        Assert.Contains("Usage:", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_that_goes_away_is_no_error()
    {
        using Process shell = Process.Start(new ProcessStartInfo("bash", ["-c", $"'{ExporterProcess.Path}' records '{Captures}/ovn-s1-same.pcap' | head -n 1; echo ${{PIPESTATUS[0]}}"])
        { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        string[] lines = (await shell.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Equal("0", lines[1]);
        using JsonDocument document = JsonDocument.Parse(lines[0]);
        Assert.Equal("", await shell.StandardError.ReadToEndAsync());
    }

    [Fact]
    public async Task A_second_instance_says_that_the_port_is_taken()
    {
        await using ExporterProcess first = await ExporterProcess.StartAsync("run");
        (int code, _, string errors) = await ExporterProcess.RunAsync("run", "--port", first.Port.ToString(CultureInfo.InvariantCulture), "--http-port", "0", "--store", "false");
        Assert.Equal(1, code);
        Assert.Contains($"UDP port {first.Port} is in use", errors, StringComparison.Ordinal);
        (code, _, errors) = await ExporterProcess.RunAsync("run", "--port", "0", "--http-port", first.Address.Port.ToString(CultureInfo.InvariantCulture), "--store", "false");
        Assert.Equal(1, code);
        Assert.Contains("in use", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Garbage_is_named_and_changes_no_figure()
    {
        await using ExporterProcess exporter = await ExporterProcess.StartAsync("run");
        using UdpClient sender = new();
        sender.Connect(IPAddress.Loopback, exporter.Port);
        byte[] sound = new DatagramBuilder { Sequence = 9 }.Build();
        byte[] old = [.. sound];
        old[3] = 6;
        byte[][] sent = [[], "hello, is this sFlow?"u8.ToArray(), old, sound[..11], sound, sound, new byte[65_000]];
        foreach (byte[] payload in sent) await sender.SendAsync(payload);

        Dictionary<string, double> metrics = await exporter.WaitForAsync(metrics => metrics["sflow_exporter_datagrams_received_total"] >= sent.Length);
        double Status(string status) => metrics[$"sflow_exporter_datagrams_total{{status=\"{status}\"}}"];
        Assert.Equal((1, 2, 1, 1, 1, 1), (Status("empty"), Status("not_sflow"), Status("bad_version"), Status("truncated"), Status("ok"), Status("duplicate")));
        Assert.StartsWith("Healthy", await exporter.GetAsync("/-/healthy"), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task SIGTERM_drains_what_was_received()
    {
        await using ExporterProcess exporter = await ExporterProcess.StartAsync("run", "--inventory", Path.Combine(Captures, "ovn-s1-same.inventory.json"));
        (int code, _, string errors) = await ExporterProcess.RunAsync("replay", Path.Combine(Captures, "ovn-s1-same.pcap"), "--to", $"127.0.0.1:{exporter.Port}", "--rate", "2000");
        Assert.Equal(0, code);
        Assert.Contains("datagrams", errors, StringComparison.Ordinal);
        Assert.Equal(0, await exporter.StopAsync());
        Assert.Contains(exporter.Log, line => line.Contains("is closed", StringComparison.Ordinal));
        Assert.Contains(exporter.Log, line => line.Contains("store: ", StringComparison.Ordinal) && line.EndsWith("0 lost on the way, 0 left behind at the end", StringComparison.Ordinal));
        Assert.DoesNotContain(exporter.Log, line => line.Contains("fail:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Under_a_flood_memory_stays_bounded_and_every_lost_datagram_is_counted()
    {
        string load = SharedFolder.Require("load");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("sflow-load-");
        foreach (string tool in (string[])["sfgen", "blast"]) await RunAsync("gcc", "-O2", "-o", Path.Combine(folder.FullName, tool), Path.Combine(load, tool + ".c"), "-lm");
        string pcap = Path.Combine(folder.FullName, "flood.pcap");
        await RunAsync(Path.Combine(folder.FullName, "sfgen"), "-n", "300000", "-o", pcap);
        await using ExporterProcess exporter = await ExporterProcess.StartAsync("run", "--receive-buffer", "65536", "--store-queue", "8");

        string said = await RunAsync(Path.Combine(folder.FullName, "blast"), "-f", pcap, "-t", "5", "-p", exporter.Port.ToString(CultureInfo.InvariantCulture));
        using JsonDocument report = JsonDocument.Parse(said);
        double sent = report.RootElement.GetProperty("sent").GetDouble();
        Dictionary<string, double> metrics = await exporter.WaitForAsync(metrics => Taken(metrics) >= sent && Settled(metrics) >= metrics["sflow_exporter_samples_decoded_total{sample_type=\"flow\"}"]);
        Assert.Equal(sent, Taken(metrics));
        Assert.Equal(metrics["sflow_exporter_samples_decoded_total{sample_type=\"flow\"}"], Settled(metrics));
        long resident = exporter.ResidentBytes;
        output.WriteLine($"{sent} datagrams sent, {metrics["sflow_exporter_datagrams_dropped_total{reason=\"kernel\"}"]} dropped by the kernel, the rest received; {resident >> 20} MiB resident");
        Assert.True(resident < 400L << 20, $"{resident >> 20} MiB resident");
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_demo_shows_live_rates_in_a_real_browser()
    {
        await using ExporterProcess exporter = await ExporterProcess.StartAsync("demo");
        await using ChromiumBrowser browser = await ChromiumBrowser.StartAsync();
        IPage page = await browser.OpenAsync(new Uri(exporter.Address, "/?from=live"));
        await page.WaitForSelectorAsync("#pairs tbody tr:nth-child(30)", new PageWaitForSelectorOptions { Timeout = 60_000 });
        string pairs = await page.InnerTextAsync("#pairs");
        foreach (string known in (string[])["openshift-monitoring", "openshift-dns", "openshift-ingress", "shop", "@node"])
            Assert.Contains(known, pairs, StringComparison.Ordinal);
        await page.ClickAsync("#tabs [data-tab=records]");
        await page.FillAsync("#filter", "namespace=openshift-dns");
        await page.PressAsync("#filter", "Enter");
        await page.WaitForSelectorAsync("#records tbody tr");
        await ChromiumBrowser.PictureAsync(page, "demo");
        Assert.Empty(browser.Errors);
    }

    private static double Taken(Dictionary<string, double> metrics) =>
        metrics["sflow_exporter_datagrams_received_total"] + metrics["sflow_exporter_datagrams_dropped_total{reason=\"kernel\"}"];

    /// <summary>Records that the store has, had already, or lost with a reason.</summary>
    private static double Settled(Dictionary<string, double> metrics) =>
        metrics.Where(metric => metric.Key.StartsWith("sflow_exporter_records_", StringComparison.Ordinal)).Sum(metric => metric.Value);

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        await Task.WhenAll(output, errors);
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program}: {await errors}");
        return await output;
    }
}
