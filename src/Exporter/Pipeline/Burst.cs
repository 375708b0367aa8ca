namespace SFlow.Exporter.Pipeline;

/// <summary>What was sampled of a draw before the sample at hand: earlier segments of one large packet.</summary>
internal readonly record struct Burst(uint Bytes, uint Segments)
{
    /// <summary>
    /// What the sample adds to the variance of the estimated bytes. The draw's whole length counts, squared; it grows with each segment, so
    /// what is added is the growth of the square.
    /// </summary>
    public double BytesVariance(in FlowRecord sample)
    {
        double length = sample.FrameLength - sample.Stripped;
        return Spread(sample) * length * ((2.0 * Bytes) + length);
    }

    /// <summary>The same for the estimated packets.</summary>
    public double PacketsVariance(in FlowRecord sample) => Spread(sample) * ((2.0 * Segments) + 1);

    private static double Spread(in FlowRecord sample)
    {
        double rate = sample.SamplingRate;
        return rate * (rate - 1);
    }
}
