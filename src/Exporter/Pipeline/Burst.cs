using System.Runtime.CompilerServices;

namespace SFlow.Exporter.Pipeline;

/// <summary>What was sampled of a draw before the sample at hand: earlier segments of one large packet.</summary>
internal readonly record struct Burst(uint Bytes, uint Segments)
{
    /// <summary>
    /// What the sample adds to the variances of the estimated bytes and packets. The draw's whole length counts, squared; it grows with each segment, so
    /// what is added is the growth of the square.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (double Bytes, double Packets) Variances(in Flow sample)
    {
        // Signed, because processors turn such numbers into floating ones at once.
        long length = sample.FrameLength - sample.Stripped, rate = sample.SamplingRate;
        double spread = (double)rate * (rate - 1);
        return (spread * (length * ((2L * Bytes) + length)), spread * ((2L * Segments) + 1));
    }
}
