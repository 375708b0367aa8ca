using System.Globalization;
using System.Text;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Agents;

/// <summary>The interfaces of one agent by name, from their first counter sample until they are silent. Guarded by the agent.</summary>
internal sealed class AgentInterfaces(InterfaceSeats seats)
{
    /// <summary>An interface without counter samples for so long is gone, as its pod is.</summary>
    private const long Kept = 10 * UnixTime.Minute;

    /// <summary>By the bytes of the name, or of the index where there is no printable name.</summary>
    private readonly Dictionary<PortNameBytes, InterfaceTotals> interfaces = [];
    private readonly Dictionary<uint, InterfaceTotals> byIndex = [];
    private volatile InterfaceTotals[] shown = [];
    private long tidied;

    /// <summary>Those with metrics of their own. Any thread.</summary>
    public InterfaceTotals[] Shown => shown;

    /// <summary>Takes a counter sample with record 0:1.</summary>
    public void Take(in CounterRecord record, long restarts)
    {
        Tidy(record.SteadyNanoseconds);
        PortNameBytes key = KeyOf(record);
        if (!interfaces.TryGetValue(key, out InterfaceTotals? totals))
        {
            if (!seats.Followed.TryTake(interfaces.Count)) return;
            totals = new InterfaceTotals(Encoding.ASCII.GetString(key.Text), seats);
            interfaces.Add(key, totals);
        }
        (bool hadSeat, uint formerIndex) = (totals.HasSeat, totals.Index);
        totals.Take(record, restarts);
        if (totals.HasSeat != hadSeat) Show();
        if (totals.Index != formerIndex) Forget(formerIndex, totals);
        Note(totals);
    }

    /// <summary>A packet of a pod of this node came in by an interface.</summary>
    public void SawPod(uint index, int endpoint, EndpointRegistry endpoints)
    {
        if (byIndex.TryGetValue(index, out InterfaceTotals? totals)) totals.SawPod(endpoint, endpoints);
    }

    /// <summary>Forgets interfaces that are gone; does nothing within a minute of the last time.</summary>
    public void Tidy(long now)
    {
        if (now - tidied < UnixTime.Minute) return;
        tidied = now;
        int before = interfaces.Count;
        foreach ((PortNameBytes key, InterfaceTotals totals) in interfaces)
        {
            if (now - totals.LastCounters <= Kept) continue;
            totals.Leave();
            interfaces.Remove(key);
            Forget(totals.Index, totals);
        }
        if (interfaces.Count == before) return;
        seats.Followed.Return(before - interfaces.Count);
        Show();
    }

    /// <summary>Gives all places back.</summary>
    public void Leave()
    {
        foreach (InterfaceTotals totals in interfaces.Values) totals.Leave();
        seats.Followed.Return(interfaces.Count);
        interfaces.Clear();
        byIndex.Clear();
        shown = [];
    }

    private void Show() => shown = [.. interfaces.Values.Where(totals => totals.HasSeat)];

    /// <summary>Flow samples name an interface by its index. Tunnels share one.</summary>
    private void Note(InterfaceTotals totals)
    {
        if (byIndex.TryAdd(totals.Index, totals) || byIndex[totals.Index] is var other && other == totals) return;
        other.ShareIndex();
        totals.ShareIndex();
    }

    private void Forget(uint index, InterfaceTotals totals)
    {
        if (byIndex.GetValueOrDefault(index) == totals) byIndex.Remove(index);
    }

    /// <summary>A name that is not printable is left out: two of them could look alike in a label.</summary>
    private static PortNameBytes KeyOf(in CounterRecord record)
    {
        if (record.Name.Length > 0 && !record.Name.Text.ContainsAnyExceptInRange((byte)' ', (byte)'~')) return record.Name;
        Span<byte> digits = stackalloc byte[10];
        record.IfIndex.TryFormat(digits, out int length, default, CultureInfo.InvariantCulture);
        return PortNameBytes.Of(digits[..length]);
    }
}
