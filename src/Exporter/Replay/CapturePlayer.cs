using System.Net;
using System.Net.Sockets;
using SFlow.Captures;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Replay;

/// <summary>Sends the datagrams of a capture to a receiver, at the pace of the capture or at a given rate, once or repeatedly.</summary>
/// <param name="open">Opens the capture. Called once per round; the stream is closed after the round.</param>
/// <param name="target">The receiver.</param>
/// <param name="rate">Datagrams per second; 0 keeps the pace of the capture.</param>
/// <param name="loop">Repeats the capture, and continues the numbers of its agents.</param>
/// <param name="time">The clock to keep time by.</param>
/// <param name="port">UDP port to which the capture's datagrams were sent; 0 for any.</param>
internal sealed class CapturePlayer(Func<Stream> open, IPEndPoint target, double rate, bool loop, TimeProvider time, ushort port = CaptureReader.SFlowPort)
{
    private const int LongestPayload = 65_535;

    /// <summary>Minimum sleep: at high rates, the datagrams of about a millisecond are sent together.</summary>
    private static readonly TimeSpan ShortestSleep = TimeSpan.FromMilliseconds(1);

    /// <summary>Maximum sleep: timers are limited to some weeks.</summary>
    private static readonly TimeSpan LongestSleep = TimeSpan.FromDays(1);

    /// <summary>Maximum delay that is caught up. After a longer one (the machine was suspended) sending continues from now.</summary>
    private static readonly TimeSpan FarthestBehind = TimeSpan.FromSeconds(1);

    private readonly byte[] payload = new byte[LongestPayload];
    private readonly AgentContinuation continuation = new();
    private long started;
    private TimeSpan roundBegins, behind;

    /// <summary>Datagrams sent so far.</summary>
    public long Sent { get; private set; }

    /// <summary>Playing time so far.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>Status of reading the capture.</summary>
    public CaptureStatus Status { get; private set; }

    /// <summary>Plays to the end of the capture, or until cancellation, which is no fault. A capture without datagrams finishes at once.</summary>
    /// <exception cref="SocketException">The network of the receiver is unreachable.</exception>
    public async Task PlayAsync(CancellationToken stop)
    {
        using Socket socket = new(target.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        SocketAddress address = target.Serialize();
        started = time.GetTimestamp();
        bool again = true;
        while (again && !stop.IsCancellationRequested)
        {
            long sentBefore = Sent;
            TimeSpan length = await PlayOnceAsync(socket, address, stop);
            again = loop && Sent > sentBefore;
            roundBegins += length;
            continuation.NextRound(length);
        }
        Elapsed = time.GetElapsedTime(started);
    }

    /// <summary>Plays the capture once. Returns its length in whole seconds, because agents send on a clock of seconds.</summary>
    private async Task<TimeSpan> PlayOnceAsync(Socket socket, SocketAddress address, CancellationToken stop)
    {
        using CaptureReader capture = new(open(), port);
        long first = 0, last = 0;
        for (bool begun = false; TryCopyNext(capture, out int length, out long timestamp, out Address sender); begun = true)
        {
            if (!begun) first = last = timestamp;
            last = Math.Max(last, timestamp);
            await WaitAsync(rate > 0 ? TimeSpan.FromSeconds(Sent / rate) : roundBegins + UnixTime.ToTimeSpan(timestamp - first), stop);
            if (stop.IsCancellationRequested) break;
            if (loop) continuation.Rewrite(payload.AsSpan(0, length), sender);
            socket.SendTo(payload.AsSpan(0, length), SocketFlags.None, address);
            Sent++;
        }
        Status = capture.Status;
        return TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling(UnixTime.ToTimeSpan(last - first).TotalSeconds)));
    }

    private bool TryCopyNext(CaptureReader capture, out int length, out long timestamp, out Address sender)
    {
        bool read = capture.TryRead(out CapturedDatagram datagram);
        length = datagram.Payload.Length;
        timestamp = datagram.TimestampNanoseconds;
        sender = datagram.Source;
        datagram.Payload.CopyTo(payload);
        return read;
    }

    private async ValueTask WaitAsync(TimeSpan due, CancellationToken stop)
    {
        due += behind;
        TimeSpan now = time.GetElapsedTime(started);
        if (now - due > FarthestBehind) behind += now - due;
        while (due > now && !stop.IsCancellationRequested)
        {
            TimeSpan sleep = TimeSpan.FromTicks(Math.Clamp((due - now).Ticks, ShortestSleep.Ticks, LongestSleep.Ticks));
            await Task.Delay(sleep, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            now = time.GetElapsedTime(started);
        }
    }
}
