using System.Runtime.CompilerServices;

namespace SFlow.Exporter.Pipeline;

/// <summary>
/// Counters of one worker: written by its thread only, read by any scrape. The totals are sums over all workers.
/// </summary>
internal sealed class WorkerCounters
{
    private readonly long[] outcomes = new long[Enum.GetValues<DatagramOutcome>().Length];
    private readonly long[] faults = new long[Enum.GetValues<SampleFault>().Length];
    private readonly long[] observations = new long[Enum.GetValues<Observation>().Length];
    private readonly long[] serverReasons = new long[Enum.GetValues<ServerReason>().Length];
    private long received, receivedBytes, counterSamples;

    /// <summary>Datagrams and payload bytes from the socket or file.</summary>
    public long Received => Volatile.Read(ref received);
    public long ReceivedBytes => Volatile.Read(ref receivedBytes);
    public long CounterSamples => Volatile.Read(ref counterSamples);

    /// <summary>Unsupported samples and records.</summary>
    public SkippedStructures Skipped { get; } = new();

    public long this[DatagramOutcome outcome] => Volatile.Read(ref outcomes[(int)outcome]);
    public long this[SampleFault fault] => Volatile.Read(ref faults[(int)fault]);
    public long this[Observation observation] => Volatile.Read(ref observations[(int)observation]);
    /// <summary>Counted samples by how their server was determined.</summary>
    public long this[ServerReason reason] => Volatile.Read(ref serverReasons[(int)reason]);

    public void CountReceived(int bytes) { received++; receivedBytes += bytes; }
    public void CountCounterSample() => counterSamples++;
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Count(DatagramOutcome outcome) => outcomes[(int)outcome]++;
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Count(SampleFault fault, int samples = 1) => faults[(int)fault] += samples;
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Count(Observation observation) => observations[(int)observation]++;
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Count(ServerReason reason) => serverReasons[(int)reason]++;
}
