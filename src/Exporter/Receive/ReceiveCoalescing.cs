using SFlow.Exporter.Options;

namespace SFlow.Exporter.Receive;

/// <summary>
/// The moment that a worker waits after a batch that was not full. At some thousand datagrams a second each one would wake the thread, which costs more
/// than to receive and decode it; in the pause they gather, and the socket's buffer holds them. A full batch is followed by the next one at once.
/// </summary>
internal sealed class ReceiveCoalescing
{
    /// <summary>Datagrams a second of which none may be lost for the pause: more than one core receives.</summary>
    private const int HighestRate = 400_000;

    /// <summary>What the kernel counts against the buffer for a datagram of 1 500 bytes.</summary>
    private const int KernelBytes = 2_560;

    private readonly TimeSpan pause;
    private readonly int fullBatch;
    private readonly Action<TimeSpan> sleep;

    /// <param name="options">The pause, and how many datagrams are a full batch.</param>
    /// <param name="bufferBytes">What the socket holds, as the kernel counts it.</param>
    /// <param name="sleep">Waits; <see cref="Thread.Sleep(TimeSpan)"/>.</param>
    public ReceiveCoalescing(ReceiveOptions options, long bufferBytes, Action<TimeSpan> sleep)
    {
        // What comes meanwhile may take half of the buffer; the other half is for the time in which the thread waits for a core.
        bool fits = options.Pause.TotalSeconds * HighestRate * KernelBytes <= bufferBytes / 2.0;
        pause = fits ? options.Pause : TimeSpan.Zero;
        fullBatch = options.BatchSize;
        this.sleep = sleep;
    }

    /// <summary>Waits, if there was room for more datagrams than came.</summary>
    public void After(int received)
    {
        if (received < fullBatch && pause > TimeSpan.Zero) sleep(pause);
    }
}
