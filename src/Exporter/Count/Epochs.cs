using System.Runtime.InteropServices;

namespace SFlow.Exporter.Count;

/// <summary>
/// Shows when no worker uses an earlier state any more (epoch-based reclamation), so that a series' place can be given away without a lock on the
/// workers' path. A worker enters before it counts a batch and leaves afterwards; between batches it holds nothing.
/// </summary>
internal sealed class Epochs
{
    private readonly Lock gate = new();
    private volatile Worker[] workers = [];
    private long current = 1;

    public long Current => Volatile.Read(ref current);

    public Worker NewWorker()
    {
        Worker worker = new(this);
        lock (gate) workers = [.. workers, worker];
        return worker;
    }

    /// <summary>Whether every worker that counts now entered in the current epoch.</summary>
    public bool IsReached()
    {
        Interlocked.MemoryBarrier();
        long epoch = Current;
        foreach (Worker worker in workers)
            if (!worker.IsBeyond(epoch)) return false;
        return true;
    }

    /// <summary>Begins the next epoch, after the new state was published.</summary>
    public void Advance() => Interlocked.Increment(ref current);

    /// <summary>One worker; its two calls cost one locked instruction a batch.</summary>
    internal sealed class Worker(Epochs epochs)
    {
        /// <summary>On a cache line of its own, because the worker writes it for each batch.</summary>
        private Padded entered;

        /// <summary>The epoch in which the worker counts until it leaves.</summary>
        public long Enter()
        {
            while (true)
            {
                long epoch = epochs.Current;
                Interlocked.Exchange(ref entered.Epoch, epoch);
                if (epoch == epochs.Current) return epoch;
            }
        }

        public void Leave() => Volatile.Write(ref entered.Epoch, 0);

        public bool IsBeyond(long epoch)
        {
            long at = Volatile.Read(ref entered.Epoch);
            return at == 0 || at >= epoch;
        }

        [StructLayout(LayoutKind.Explicit, Size = 192)]
        private struct Padded
        {
            [FieldOffset(64)]
            public long Epoch;
        }
    }
}
