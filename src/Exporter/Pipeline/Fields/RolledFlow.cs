namespace SFlow.Exporter.Pipeline.Fields;

/// <summary>The records of one conversation within one window, combined: the first record, and what is summed over all of them.</summary>
internal sealed class RolledFlow
{
    private Flow first;

    /// <summary>The first record, with the time of the earliest, the TCP flags of all, and the identity of the window.</summary>
    public ref readonly Flow First => ref first;

    public int Samples { get; private set; }
    public ulong Bytes { get; private set; }
    public ulong Packets { get; private set; }
    public ulong AcknowledgedBytes { get; private set; }

    /// <summary>Estimated variance of <see cref="Bytes"/>, in bytes squared. Variances of several conversations add up.</summary>
    public double BytesVariance { get; private set; }

    /// <summary>Time of the latest record, in nanoseconds of Unix time.</summary>
    public long Last { get; private set; }

    /// <summary>95 % confidence interval of <see cref="Bytes"/>.</summary>
    public EstimateError Error => EstimateError.Of(Bytes, BytesVariance, (ulong)Samples);

    public void Begin(in Flow record)
    {
        first = record;
        (Samples, Bytes, Packets, AcknowledgedBytes, BytesVariance, Last) = (0, 0, 0, 0, 0, record.TimestampNanoseconds);
    }

    public void Add(in Flow record)
    {
        Samples++;
        Bytes += record.Bytes;
        Packets += record.Packets;
        AcknowledgedBytes += record.AcknowledgedBytes;
        if (record.Fault == SampleFault.None) BytesVariance += record.Before.Variances(record).Bytes;
        first.TcpFlags |= record.TcpFlags;
        first.TimestampNanoseconds = Math.Min(first.TimestampNanoseconds, record.TimestampNanoseconds);
        Last = Math.Max(Last, record.TimestampNanoseconds);
    }

    /// <summary>Gives the document its identity. Uptime and sequence, which it does not have, become the window, so that ids of one time share a prefix.</summary>
    public void Identify(ulong high, ulong low, long windowSeconds) =>
        (first.IdHigh, first.IdLow, first.UptimeMilliseconds, first.DatagramSequence) = (high, low, (uint)windowSeconds, 0);
}
