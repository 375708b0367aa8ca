using System.Net;
using System.Net.Sockets;
using SFlow.Captures;

namespace SFlow.Exporter.Replay;

/// <summary>Sends the datagrams of a capture to a receiver, at the capture's own pace or at a given rate, once or for ever.</summary>
/// <param name="open">Opens the capture; called once a round, the stream is closed at the round's end.</param>
/// <param name="target">The receiver.</param>
/// <param name="rate">Datagrams a second; 0 keeps the capture's own pace.</param>
/// <param name="loop">Begins again at the end, and continues what its agents count.</param>
/// <param name="time">The clock to keep time by.</param>
/// <param name="port">UDP port to which the capture's datagrams were sent; 0 for any.</param>
internal sealed class CapturePlayer(Func<Stream> open, IPEndPoint target, double rate, bool loop, TimeProvider time, ushort port = CaptureReader.SFlowPort)
{
    private const int LongestPayload = 65_535;

    /// <summary>A sleep is at least as long, so that at high rates the datagrams of about a millisecond leave together.</summary>
    private static readonly TimeSpan ShortestSleep = TimeSpan.FromMilliseconds(1);

    /// <summary>Timers take no more than some weeks at once.</summary>
    private static readonly TimeSpan LongestSleep = TimeSpan.FromDays(1);

    /// <summary>Who is further behind (the machine slept) goes on from there instead of sending all of it at once.</summary>
    private static readonly TimeSpan FarthestBehind = TimeSpan.FromSeconds(1);

    private readonly byte[] payload = new byte[LongestPayload];
    private readonly AgentContinuation continuation = new();
    private long started;
    private TimeSpan roundBegins, behind;

    /// <summary>Datagrams sent so far.</summary>
    public long Sent { get; private set; }

    /// <summary>How long it has played, or played until it ended.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>How reading the capture went.</summary>
    public CaptureStatus Status { get; private set; }

    /// <summary>Plays until the capture ends, or until it is told to stop, which is no fault. A capture without datagrams ends at once.</summary>
    /// <exception cref="SocketException">The receiver's network can't be reached.</exception>
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

    /// <summary>Plays the capture once; returns its length in whole seconds, since agents send in the rhythm of seconds.</summary>
    private async Task<TimeSpan> PlayOnceAsync(Socket socket, SocketAddress address, CancellationToken stop)
    {
        using CaptureReader capture = new(open(), port);
        long first = 0, last = 0;
        for (bool begun = false; TryCopyNext(capture, out int length, out long timestamp, out InternetAddress sender); begun = true)
        {
            if (!begun) first = last = timestamp;
            last = Math.Max(last, timestamp);
            await WaitAsync(rate > 0 ? TimeSpan.FromSeconds(Sent / rate) : roundBegins + FromNanoseconds(timestamp - first), stop);
            if (stop.IsCancellationRequested) break;
            if (loop) continuation.Rewrite(payload.AsSpan(0, length), sender);
            socket.SendTo(payload.AsSpan(0, length), SocketFlags.None, address);
            Sent++;
        }
        Status = capture.Status;
        return TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling(FromNanoseconds(last - first).TotalSeconds)));
    }

    private bool TryCopyNext(CaptureReader capture, out int length, out long timestamp, out InternetAddress sender)
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

    private static TimeSpan FromNanoseconds(long nanoseconds) => TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick);
}
