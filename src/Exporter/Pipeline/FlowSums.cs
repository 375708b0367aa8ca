using System.Runtime.CompilerServices;

namespace SFlow.Exporter.Pipeline;

/// <summary>
/// The sums that one worker keeps of one series: <see cref="FlowTotals"/> in 48 bytes, because a worker updates one for each sample and
/// family. The upper halves of bytes and packets change only when the lower ones wrap.
/// </summary>
internal struct FlowSums
{
    private ulong bytes, packets, samples;
    private double bytesVariance, packetsVariance;
    private uint bytesWraps, packetsWraps;

    /// <summary>Adds a sample.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in Flow sample)
    {
        AddVolume(sample);
        (double addedBytes, double addedPackets) = sample.Before.Variances(sample);
        bytesVariance += addedBytes;
        packetsVariance += addedPackets;
    }

    /// <summary>Adds a sample without the variances.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddVolume(in Flow sample)
    {
        AddBytes(sample.Bytes);
        ulong added = sample.Packets;
        packets += added;
        if (packets < added) packetsWraps++;
    }

    /// <summary>Adds bytes of a sample, and the sample, but no packets.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddBytes(ulong added)
    {
        bytes += added;
        if (bytes < added) bytesWraps++;
        samples++;
    }

    public readonly FlowTotals Totals =>
        new(new UInt128(bytesWraps, bytes), new UInt128(packetsWraps, packets), samples, bytesVariance, packetsVariance);
}
