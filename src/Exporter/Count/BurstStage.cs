using System.Runtime.CompilerServices;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Count;

/// <summary>
/// Finds the samples that were drawn together. The Linux kernel samples a large TCP packet (GSO) once and then hands each of its segments up, so
/// that one draw arrives as a burst of samples; taken for draws of their own, they would make the error look smaller than it is.
/// </summary>
/// <remarks>
/// A burst is told by TCP itself: a segment carries on exactly where the one before it ended, is no longer than it, and none but the last has
/// PSH or FIN (the kernel clears them). Samples of other flows may stand between, and the segments may be spread over datagrams. Where packets are
/// drawn one by one, a neighbour is drawn by chance once in as many times as the sampling rate says: the error is then told a little too
/// large, never too small. One worker's table of fixed size; a flow that loses its place to another begins a new burst.
/// </remarks>
internal sealed class BurstStage : IFlowStage
{
    /// <summary>An agent hands a burst up in one go: what comes between is at most another burst of the same agent, so four places for each will do.</summary>
    private const int PlacesOfAgent = 4;

    /// <summary>Agents with places of their own; further ones share them.</summary>
    private const int Agents = 1_024;

    /// <summary>The kernel cuts at one size, far above this; what is smaller is an acknowledgement or a message of its own.</summary>
    private const uint ShortestSegment = 256;

    /// <summary>The longest packet that Linux makes (GSO_LEGACY_MAX_SIZE is 65,536; "BIG TCP" allows eight times that): no forgery makes a longer burst.</summary>
    private const uint LongestBurst = 8 * 65_536;

    /// <summary>IP and TCP headers without and with all options, in bytes: where the payload's length lies, which records do not have.</summary>
    private const uint LeastHeaders = 40, MostHeaders = 120;

    /// <summary>No segment of a burst has one of these but the last.</summary>
    private const byte Ends = TcpFlag.Fin | TcpFlag.Syn | TcpFlag.Reset | TcpFlag.Push;

    /// <summary>The last segment of a flow that others can follow. Of addresses the lower halves will do: the sequence number tells flows apart.</summary>
    private struct Place
    {
        public ulong Source, Destination, Connection;
        public uint Sequence, IpLength;
        public Burst Burst;
    }

    private readonly Place[] places = new Place[Agents * PlacesOfAgent];

    public FlowParts Reads => FlowParts.Plausibility;
    public FlowParts Writes => FlowParts.Burst;

    public void Process(Span<Flow> records)
    {
        foreach (ref Flow record in records)
            if (record.SamplingRate > 1 && record.Has(PacketFacts.Tcp) && record.Fault == SampleFault.None) Follow(ref record);
    }

    public void Idle()
    {
    }

    /// <summary>Takes a sample and notes what came before it in the same draw: nothing for a draw of its own.</summary>
    private void Follow(ref Flow sample)
    {
        uint ports = (uint)sample.SourcePort << 16 | sample.DestinationPort;
        ulong connection = (ulong)(uint)sample.Agent << 32 | ports;
        ref Place place = ref places[((sample.Agent & (Agents - 1)) * PlacesOfAgent) + (int)(ports * 0x9E37_79B1 >> 30)];
        // The sequence number goes first: by itself it tells nearly all.
        bool follows = IsNext(sample, place) && place.Connection == connection && place.Source == sample.Source.Low && place.Destination == sample.Destination.Low
            && place.Burst.Bytes < LongestBurst;
        if (follows) sample.Before = place.Burst;
        if ((sample.TcpFlags & Ends) == 0 && sample.IpLength >= ShortestSegment)
        {
            place.Source = sample.Source.Low;
            place.Destination = sample.Destination.Low;
            place.Connection = connection;
            place.Sequence = sample.TcpSequence;
            place.IpLength = sample.IpLength;
            place.Burst = new Burst(sample.Before.Bytes + sample.FrameLength - sample.Stripped, sample.Before.Segments + 1);
        }
        else if (follows) place = default;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsNext(in Flow sample, in Place before)
    {
        uint step = sample.TcpSequence - before.Sequence;
        return step + LeastHeaders <= before.IpLength && step + MostHeaders >= before.IpLength && step != 0 && sample.IpLength <= before.IpLength;
    }
}
