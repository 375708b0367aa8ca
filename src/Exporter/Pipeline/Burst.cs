using System.Runtime.CompilerServices;

namespace SFlow.Exporter.Pipeline;

/// <summary>Earlier segments of the same burst: one large packet that was sampled once.</summary>
internal readonly record struct Burst(uint Bytes, uint Segments)
{
    /// <summary>
    /// Contribution of the sample to the variances of the estimated bytes and packets. The square of the whole burst counts, so each segment
    /// adds the growth of this square.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (double Bytes, double Packets) Variances(in Flow sample)
    {
        // Signed, because processors convert signed integers to floating point in one instruction.
        long length = sample.FrameLength - sample.Stripped, rate = sample.SamplingRate;
        double spread = (double)rate * (rate - 1);
        return (spread * (length * ((2L * Bytes) + length)), spread * ((2L * Segments) + 1));
    }
}
