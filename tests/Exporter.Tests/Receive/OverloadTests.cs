using System.Diagnostics;
using System.Text.Json;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Receive;

/// <summary>More datagrams than a worker can take: all are in a figure, and none is in memory.</summary>
[Collection(nameof(Alone))]
public sealed class OverloadTests
{
    public static TheoryData<string> Methods => RunningReceiver.Methods;

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Every_datagram_sent_is_received_or_counted_as_dropped(string method)
    {
        using Blast blast = await Blast.BuildAsync();
        await using RunningReceiver running = await RunningReceiver.StartAsync(method, workers: 2, bufferBytes: 4_096, work: () => Thread.SpinWait(500));
        await SendSomeAsync(running);
        long memory = Environment.WorkingSet;

        long sent = await blast.SendAsync(running.Receiver.Port, 200_000);
        // No pause: what the sockets still hold must be drained by the stop.
        await running.StopAsync();

        Assert.Equal(200_000, sent);
        Assert.True(running.Receiver.Dropped > 0);
        Assert.Equal(sent, running.Taken - Warmup + running.Receiver.Dropped);
        Assert.InRange(Environment.WorkingSet - memory, long.MinValue, 32 << 20);
        Assert.DoesNotContain(running.Log.Lines, line => line.Level > Microsoft.Extensions.Logging.LogLevel.Information);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task A_full_buffer_is_drained_at_the_stop(string method)
    {
        // The first datagram holds the worker until the stop has begun; all others wait in the socket.
        using ManualResetEventSlim go = new();
        await using RunningReceiver running = await RunningReceiver.StartAsync(method, work: go.Wait);
        using System.Net.Sockets.Socket sender = RunningReceiver.Sender("127.0.0.1");
        const int sent = 500;
        for (int i = 0; i < sent; i++) sender.SendTo([1], running.At("127.0.0.1"));
        Task stop = running.StopAsync();
        go.Set();
        await stop;

        Assert.Equal(0, running.Receiver.Dropped);
        Assert.Equal(sent, running.Taken);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task A_stop_completes_in_a_flood(string method)
    {
        using Blast blast = await Blast.BuildAsync();
        await using RunningReceiver running = await RunningReceiver.StartAsync(method, bufferBytes: 65_536, work: () => Thread.SpinWait(500));
        Task<long> flood = blast.SendAsync(running.Receiver.Port, 1_000_000, seconds: 4);
        await RunningReceiver.UntilAsync(() => running.Receiver.Dropped > 0);
        long before = running.Receiver.Dropped;

        Stopwatch watch = Stopwatch.StartNew();
        await running.StopAsync();
        Assert.InRange(watch.ElapsedMilliseconds, 0, 1_500);
        Assert.DoesNotContain(running.Log.Lines, line => line.Level > Microsoft.Extensions.Logging.LogLevel.Information);

        long after = running.Receiver.Dropped;
        Assert.True(after >= before);
        await flood;
        Assert.Equal(after, running.Receiver.Dropped); // a closed socket's figure stays
    }

    private const int Warmup = 64;

    private static async Task SendSomeAsync(RunningReceiver running)
    {
        using System.Net.Sockets.Socket sender = RunningReceiver.Sender("127.0.0.1");
        for (int i = 0; i < Warmup; i++)
        {
            sender.SendTo([1], running.At("127.0.0.1"));
            await RunningReceiver.UntilAsync(() => running.Taken == i + 1);
        }
    }

    /// <summary>The C program that sends a capture's payloads as fast as the machine can.</summary>
    private sealed class Blast : IDisposable
    {
        private readonly string folder = Directory.CreateTempSubdirectory("blast").FullName;

        public static async Task<Blast> BuildAsync()
        {
            string source = SharedFolder.Require("load", "blast.c");
            Blast blast = new();
            await RunAsync("gcc", "-O2", "-o", Path.Combine(blast.folder, "blast"), source);
            return blast;
        }

        /// <returns>Datagrams sent, as the program says.</returns>
        public async Task<long> SendAsync(int port, int datagrams, int seconds = 60)
        {
            string capture = Path.Combine(SharedFolder.Repository, "tests", "captures", "ovn-s1-cross.pcap");
            string result = await RunAsync(Path.Combine(folder, "blast"), "-f", capture, "-p", $"{port}", "-n", $"{datagrams}", "-t", $"{seconds}", "-s", "16");
            using JsonDocument json = JsonDocument.Parse(result);
            return json.RootElement.GetProperty("sent").GetInt64();
        }

        public void Dispose() => Directory.Delete(folder, recursive: true);

        private static async Task<string> RunAsync(string program, params string[] arguments)
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
            Task<string> fault = process.StandardError.ReadToEndAsync();
            string output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, $"{program} failed: {await fault}");
            return output;
        }
    }
}
