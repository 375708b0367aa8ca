using System.Runtime.CompilerServices;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Agents;

/// <summary>
/// How much traffic the samples of an agent may represent: as much as the agent can carry in the time that passed, and one second's worth at once.
/// Other senders that claim the agent's address share a sixteenth of their own, so that they take nothing from the agent.
/// </summary>
/// <param name="bytesPerSecond">What an agent can carry; 0 is no limit.</param>
internal sealed class BandwidthLimit(double bytesPerSecond)
{
    private const double Second = 1e9;
    private const ulong ShareOfOthers = 16;

    /// <summary>Bytes of one second. Whole numbers: two conversions to floating point a sample cost more than all else here.</summary>
    private readonly ulong limit = bytesPerSecond == 0 ? ulong.MaxValue : (ulong)bytesPerSecond;

    /// <summary>The shortest frame on a wire: a sample of less counts as this too.</summary>
    private const ulong ShortestFrame = 64;

    private Bucket own, others;

    private struct Bucket
    {
        public ulong Left;
        public long Filled;
    }

    /// <summary>Estimated layer 2 bytes of a sample.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong BytesOf(in Flow sample) => Math.Max(sample.FrameLength - sample.Stripped, ShortestFrame) * sample.SamplingRate;

    /// <summary>Whether there is room for the bytes; then they are taken.</summary>
    /// <param name="bytes">Estimated bytes of one or more samples.</param>
    /// <param name="trusted">They came from the sender that the agent is known by.</param>
    /// <param name="now">Nanoseconds of a clock that runs steadily.</param>
    public bool TryTake(ulong bytes, bool trusted, long now)
    {
        ref Bucket bucket = ref trusted ? ref own : ref others;
        if (now != bucket.Filled) Fill(ref bucket, trusted ? limit : limit / ShareOfOthers, now);
        if (bytes > bucket.Left) return false;
        bucket.Left -= bytes;
        return true;
    }

    /// <summary>
    /// Adds what the agent can have carried since the last time. Time that goes back by less than a second adds nothing: two workers differ by so much.
    /// Time of a capture that goes back further begins again.
    /// </summary>
    private static void Fill(ref Bucket bucket, ulong rate, long now)
    {
        // The first second of all is there at once.
        long passed = bucket.Filled == 0 ? long.MaxValue : now - bucket.Filled;
        if (passed is < 0 and > -(long)Second) return;
        bucket.Filled = now;
        if (passed >= Second) bucket.Left = rate;
        else if (passed > 0) bucket.Left += Math.Min(rate - bucket.Left, (ulong)(rate * (passed / Second)));
    }
}
