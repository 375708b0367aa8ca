using System.Collections.Concurrent;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Receive;

/// <summary>The line of one worker, which only counts: what came, from whom, on which thread.</summary>
internal sealed class CountingIntake : IDatagramIntake
{
    private long taken, flushes, idles;

    /// <summary>Copies of what came, when they are kept.</summary>
    public ConcurrentQueue<(byte[] Payload, DatagramOrigin Origin)>? Kept { get; init; }

    /// <summary>What a datagram costs, for a worker that is too slow.</summary>
    public Action Work { get; init; } = () => { };

    public WorkerCounters Counters { get; } = new();

    public long Taken => Volatile.Read(ref taken);
    public long Flushes => Volatile.Read(ref flushes);
    public long Idles => Volatile.Read(ref idles);

    /// <summary>Threads that called.</summary>
    public ConcurrentDictionary<int, bool> Threads { get; } = new();

    /// <summary>Bytes that the worker's thread had allocated at each flush, for the first thousand flushes.</summary>
    public long[] Allocated { get; } = new long[1_000];

    public void Take(ReadOnlySpan<byte> payload, in DatagramOrigin origin)
    {
        taken++;
        Counters.CountReceived(payload.Length);
        Kept?.Enqueue((payload.ToArray(), origin));
        Work();
    }

    public void Flush()
    {
        if (flushes < Allocated.Length) Allocated[flushes] = GC.GetAllocatedBytesForCurrentThread();
        flushes++;
    }

    public void Idle()
    {
        Threads.TryAdd(Environment.CurrentManagedThreadId, true);
        idles++;
    }
}
