using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.TcpAck;

/// <summary>
/// The connections that one worker follows: a fixed number of places in groups of eight. In a full group, a new connection evicts the one
/// with the least weight, and the others lose a part of their weight, so finished ones are evicted too. An evicted connection starts a new
/// span when it returns. The result misses bytes, but stays a lower bound.
/// </summary>
internal sealed class ConnectionTable
{
    private const int GroupSize = 8;

    /// <summary>After this silence a connection is evicted: another connection may use its ports.</summary>
    private const long Silence = 5 * UnixTime.Minute;

    private readonly Connection[] places;
    private readonly uint groups;

    public ConnectionTable(int connections)
    {
        groups = (uint)(connections / GroupSize);
        places = new Connection[groups * GroupSize];
    }

    /// <summary>The place of a connection; an empty one if it is new.</summary>
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
                if (record.SteadyNanoseconds - one.SeenAt > Silence) Clear(ref one, record, ports);
                return ref one;
            }
            if (IsBefore(one, group[chosen])) chosen = place;
        }
        if (group[chosen].Ports != 0)
            foreach (ref Connection one in group) one.Weight -= one.Weight / GroupSize;
        Clear(ref group[chosen], record, ports);
        return ref group[chosen];
    }

    /// <summary>Order of eviction: empty, then least weight, then longest silence.</summary>
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
