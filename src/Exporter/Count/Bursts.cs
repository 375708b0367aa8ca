using System.Runtime.CompilerServices;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Count;

/// <summary>What was sampled of a packet before the sender's kernel cut it up.</summary>
internal readonly record struct Burst(uint Bytes, uint Segments);

/// <summary>
/// Finds the samples that were drawn together. The Linux kernel samples a large TCP packet (GSO) once and then hands each of its segments up, so
/// that one draw arrives as a burst of samples; taken for draws of their own, they would make the error look smaller than it is.
/// </summary>
/// <remarks>
/// A burst is told by TCP itself: a segment carries on exactly where the one before it ended, is no longer than it, and none but the last has
/// PSH or FIN (the kernel clears them). Samples of other flows may stand between, and the segments may be spread over datagrams. Where packets are
/// drawn one by one, a neighbour is drawn by chance once in as many times as the sampling rate says: the error is then told a little too
/// large, never too small. One worker's table of fixed size; a flow that loses its place begins a new burst.
/// </remarks>
internal sealed class Bursts
{
    private const int PlaceBits = 8;

    /// <summary>The kernel cuts at one size, far above this; what is smaller is an acknowledgement or a message of its own.</summary>
    private const uint ShortestSegment = 256;

    /// <summary>The longest packet that Linux makes (GSO_LEGACY_MAX_SIZE is 65,536; "BIG TCP" allows eight times that): no forgery makes a longer burst.</summary>
    private const uint LongestBurst = 8 * 65_536;

    /// <summary>IP and TCP headers without and with all options, in bytes: where the payload's length lies, which records do not have.</summary>
    private const uint LeastHeaders = 40, MostHeaders = 120;

    /// <summary>No segment of a burst has one of these but the last.</summary>
    private const byte Ends = TcpFlag.Fin | TcpFlag.Syn | TcpFlag.Reset | TcpFlag.Push;

    private struct Place
    {
        public ulong Flow;
        public uint Sequence, IpLength;
        public Burst Burst;
    }

    private readonly Place[] places = new Place[1 << PlaceBits];

    /// <summary>Takes a counted sample and returns what came before it in the same draw: nothing for a draw of its own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Burst Before(in FlowRecord sample) =>
        sample.SamplingRate > 1 && sample.Has(PacketFacts.Tcp) ? Follow(sample) : default;

    private Burst Follow(in FlowRecord sample)
    {
        ulong flow = FlowOf(sample);
        ref Place place = ref places[(int)(flow >> (64 - PlaceBits))];
        bool follows = place.Flow == flow && IsNext(sample, place) && place.Burst.Bytes < LongestBurst;
        Burst before = follows ? place.Burst : default;
        bool last = (sample.TcpFlags & Ends) != 0 || sample.IpLength < ShortestSegment;
        if (!last)
        {
            place.Flow = flow;
            place.Sequence = sample.TcpSequence;
            place.IpLength = sample.IpLength;
            place.Burst = new Burst(before.Bytes + sample.FrameLength - sample.Stripped, before.Segments + 1);
        }
        else if (follows) place = default;
        return before;
    }

    private static bool IsNext(in FlowRecord sample, in Place before)
    {
        uint step = sample.TcpSequence - before.Sequence;
        return step + LeastHeaders <= before.IpLength && step + MostHeaders >= before.IpLength && step != 0 && sample.IpLength <= before.IpLength;
    }

    /// <summary>Agent, addresses and ports in 64 bits.</summary>
    private static ulong FlowOf(in FlowRecord sample)
    {
        ulong ports = ((ulong)(uint)sample.Agent << 32 | (uint)sample.SourcePort << 16 | sample.DestinationPort) * 0x9E37_79B9_7F4A_7C15;
        ulong upper = Math.BigMul(sample.Source.Low ^ sample.Destination.High ^ 0xC2B2_AE3D_27D4_EB4F, sample.Destination.Low ^ sample.Source.High ^ ports, out ulong lower);
        return upper ^ lower;
    }
}
