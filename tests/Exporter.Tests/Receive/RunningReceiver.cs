using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Receive;

namespace SFlow.Exporter.Tests.Receive;

/// <summary>A receiver on a port that the system chose, with counting lines behind it.</summary>
internal sealed class RunningReceiver : IAsyncDisposable
{
    private RunningReceiver(ReceiveOptions options, string method, int longest, Func<CountingIntake> newIntake, TimeProvider time)
    {
        Receiver = new UdpReceiver(options, NewWorker, new ShutdownOptions(), time, Log, method switch
        {
            "recvmmsg" => (socket, size) => new RecvmmsgBatch(socket, size, longest),
            "ReceiveFrom" => (socket, size) => new ReceiveFromBatch(socket, size, longest),
            _ => throw new ArgumentOutOfRangeException(nameof(method)),
        });

        (IDatagramIntake, WorkerCounters) NewWorker()
        {
            CountingIntake intake = newIntake();
            Intakes.Add(intake);
            return (intake, intake.Counters);
        }
    }

    /// <summary>Both ways to receive; every rule holds for both.</summary>
    public static TheoryData<string> Methods => ["recvmmsg", "ReceiveFrom"];

    public UdpReceiver Receiver { get; }
    public List<CountingIntake> Intakes { get; } = [];
    public ListLogger Log { get; } = new();

    public long Taken => Intakes.Sum(intake => intake.Taken);

    /// <summary>What is kept, in the order of arrival at one worker.</summary>
    public ConcurrentQueue<(byte[] Payload, DatagramOrigin Origin)> Kept { get; private init; } = new();

    public static async Task<RunningReceiver> StartAsync(
        string method = "recvmmsg", string address = "::", int port = 0, int workers = 1, int bufferBytes = 1 << 20, bool keep = false,
        int longest = DatagramBatch.LongestPayload, Action? work = null, TimeProvider? time = null)
    {
        ConcurrentQueue<(byte[], DatagramOrigin)> kept = new();
        RunningReceiver running = new(
            new ReceiveOptions { Address = address, Port = port, Workers = workers, BufferBytes = bufferBytes }, method, longest,
            () => new CountingIntake { Kept = keep ? kept : null, Work = work ?? (() => { }) }, time ?? TimeProvider.System)
        { Kept = kept };
        await running.Receiver.StartAsync(CancellationToken.None);
        return running;
    }

    public IPEndPoint At(string address) => new(IPAddress.Parse(address), Receiver.Port);

    public static Socket Sender(string address)
    {
        IPAddress local = IPAddress.Parse(address);
        Socket socket = new(local.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(local, 0));
        return socket;
    }

    /// <summary>Waits until the condition holds; a test that waits longer than this has failed.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(20), "nothing came for 20 s");
            await Task.Delay(5);
        }
    }

    public Task StopAsync() => Receiver.StopAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Receiver.Dispose();
    }
}

/// <summary>Keeps what was logged.</summary>
internal sealed class ListLogger : ILogger<UdpReceiver>
{
    public ConcurrentQueue<(LogLevel Level, string Text)> Lines { get; } = new();

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue((logLevel, formatter(state, exception)));
}
