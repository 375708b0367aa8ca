using SFlow.Exporter.Options;

namespace SFlow.Exporter.Receive;

/// <summary>
/// Delay after a partial batch. At some thousand datagrams a second, each one would wake the thread, which costs more than to receive and
/// decode it (docs/adr/0001-run-to-completion.md). During the delay, the socket buffer holds several. After a full batch there is no delay.
/// </summary>
internal sealed class ReceiveCoalescing
{
    /// <summary>Datagrams a second at which the delay must not cause a loss: more than one core can receive.</summary>
    private const int HighestRate = 400_000;

    /// <summary>Bytes of the socket buffer that the kernel charges for a datagram of 1 500 bytes.</summary>
    private const int KernelBytes = 2_560;

    private readonly TimeSpan pause;
    private readonly int fullBatch;
    private readonly Action<TimeSpan> sleep;

    /// <param name="options">The delay, and the number of datagrams of a full batch.</param>
    /// <param name="bufferBytes">Size of the socket buffer, as the kernel counts it.</param>
    /// <param name="sleep">Waits; <see cref="Thread.Sleep(TimeSpan)"/>.</param>
    public ReceiveCoalescing(ReceiveOptions options, long bufferBytes, Action<TimeSpan> sleep)
    {
        // Datagrams of the delay may use half of the buffer. The other half is for the time in which the thread waits for a core.
        bool fits = options.Pause.TotalSeconds * HighestRate * KernelBytes <= bufferBytes / 2.0;
        pause = fits ? options.Pause : TimeSpan.Zero;
        fullBatch = options.BatchSize;
        this.sleep = sleep;
    }

    /// <summary>Waits, if the batch was partial.</summary>
    public void After(int received)
    {
        if (received < fullBatch && pause > TimeSpan.Zero) sleep(pause);
    }
}
