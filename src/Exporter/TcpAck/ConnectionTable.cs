using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.TcpAck;

/// <summary>
/// The connections that one worker follows: a fixed number of places in groups of eight. In a full group a newcomer takes the place of
/// the lightest, and the others lose a part of their weight, so that what ended long ago leaves too. A connection that lost its place begins a
/// new span when it comes again: bytes are missed, never invented.
/// </summary>
internal sealed class ConnectionTable
{
    private const int GroupSize = 8;

    /// <summary>A connection that was silent for longer is dropped: its ports may be somebody else's.</summary>
    private const long Silence = 300L * 1_000_000_000;

    private readonly Connection[] places;
    private readonly uint groups;

    public ConnectionTable(int connections)
    {
        groups = (uint)(connections / GroupSize);
        places = new Connection[groups * GroupSize];
    }

    /// <summary>The connection's place; an empty one when it is new.</summary>
    public ref Connection Of(in Flow record)
    {
        uint ports = (uint)record.SourcePort << 16 | record.DestinationPort;
        Span<Connection> group = places.AsSpan((int)(Math.BigMul(Hash(record, ports), groups) >> 32) * GroupSize, GroupSize);
        int chosen = 0;
        for (int place = 0; place < GroupSize; place++)
        {
            ref Connection one = ref group[place];
            if (one.Ports == ports && one.Source == record.Source && one.Destination == record.Destination)
            {
                if (record.TimestampNanoseconds - one.SeenAt > Silence) Clear(ref one, record, ports);
                return ref one;
            }
            if (IsBefore(one, group[chosen])) chosen = place;
        }
        if (group[chosen].Ports != 0)
            foreach (ref Connection one in group) one.Weight -= one.Weight / GroupSize;
        Clear(ref group[chosen], record, ports);
        return ref group[chosen];
    }

    /// <summary>Whether a place is given away before another: empty ones first, then the lightest, then the one silent for longest.</summary>
    private static bool IsBefore(in Connection one, in Connection other)
    {
        if (one.Ports == 0 || other.Ports == 0) return other.Ports != 0;
        return one.Weight < other.Weight || one.Weight == other.Weight && one.SeenAt < other.SeenAt;
    }

    private static void Clear(ref Connection place, in Flow record, uint ports) =>
        place = new Connection { Source = record.Source, Destination = record.Destination, Ports = ports };

    private static uint Hash(in Flow record, uint ports)
    {
        ulong upper = Math.BigMul(record.Source.Low ^ record.Destination.High ^ 0x9E37_79B9_7F4A_7C15, record.Destination.Low ^ record.Source.High ^ ((ulong)ports << 32 | ports), out ulong lower);
        return (uint)((upper ^ lower ^ ports) * 0xD6E8_FEB8_6659_FD93 >> 32);
    }
}
