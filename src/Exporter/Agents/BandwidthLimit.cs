using System.Runtime.CompilerServices;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Agents;

/// <summary>
/// How much traffic the samples of an agent may stand for: as much as the agent can carry in the time that passed, and one second's worth at once.
/// Other senders that claim the agent's address share a sixteenth of their own, so that they take nothing from the agent.
/// </summary>
/// <param name="bytesPerSecond">What an agent can carry; 0 is no limit.</param>
internal sealed class BandwidthLimit(double bytesPerSecond)
{
    private const double Second = 1e9, ShareOfOthers = 1.0 / 16;

    /// <summary>The shortest frame on a wire: a sample of less stands for this all the same.</summary>
    private const ulong ShortestFrame = 64;

    private Bucket own = new() { Left = bytesPerSecond }, others = new() { Left = bytesPerSecond * ShareOfOthers };

    private struct Bucket
    {
        public double Left;
        public long Filled;
    }

    /// <summary>Whether there is room for the sample; then it is taken.</summary>
    /// <param name="sample">A sample without another fault.</param>
    /// <param name="trusted">The sample came from the sender that the agent is known by.</param>
    /// <param name="now">Nanoseconds of a clock that runs steadily.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTake(in FlowRecord sample, bool trusted, long now)
    {
        if (bytesPerSecond == 0) return true;
        ref Bucket bucket = ref trusted ? ref own : ref others;
        if (now != bucket.Filled) Fill(ref bucket, trusted ? bytesPerSecond : bytesPerSecond * ShareOfOthers, now);
        double claimed = Math.Max(sample.FrameLength - sample.Stripped, ShortestFrame) * (double)sample.SamplingRate;
        if (claimed > bucket.Left) return false;
        bucket.Left -= claimed;
        return true;
    }

    /// <summary>A clock that was set back gives nothing and takes nothing: the next second counts from there.</summary>
    private static void Fill(ref Bucket bucket, double rate, long now)
    {
        long passed = now - bucket.Filled;
        bucket.Filled = now;
        if (passed > 0) bucket.Left = Math.Min(rate, bucket.Left + rate * Math.Min(1, passed / Second));
    }
}
