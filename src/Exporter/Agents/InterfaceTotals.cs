using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Agents;

/// <summary>
/// One interface of an agent: what its counters grew by, and the pod behind it. Written under the agent's guard, read by any scrape.
/// </summary>
internal sealed class InterfaceTotals(string name, InterfaceSeats seats)
{
    private readonly GrowingCounter[] counters = new GrowingCounter[InterfaceSeats.Counters];
    private readonly long[] totals = new long[InterfaceSeats.Counters];
    private CounterOrder order;
    private uint index;
    private int nameHash, pod;
    private bool severalPods;
    private ulong speed;

    /// <summary>Name of the port, or its interface index.</summary>
    public string Name => name;

    /// <summary>Interface index, by which flow samples name it.</summary>
    public uint Index => index;

    /// <summary>Whether it has metrics of its own.</summary>
    public bool HasSeat { get; private set; }

    /// <summary>Arrival of its newest counter sample, nanoseconds of the steady clock.</summary>
    public long LastCounters { get; private set; }

    /// <summary>Bits per second; null when unknown.</summary>
    public ulong? Speed => Volatile.Read(ref speed) is var known and not (0 or ulong.MaxValue) ? known : null;

    /// <summary>The endpoint whose packets come in by the interface, if it is always the same pod; otherwise 0.</summary>
    public int Pod => Volatile.Read(ref severalPods) ? 0 : Volatile.Read(ref pod);

    /// <summary>Growth since the interface has metrics of its own; null for a counter that the agent does not have.</summary>
    public long? this[InterfaceCounter counter] =>
        counters[(int)counter].IsKnown ? Volatile.Read(ref totals[(int)counter]) : null;

    /// <summary>Takes a counter sample with record 0:1.</summary>
    /// <param name="record">The counter sample.</param>
    /// <param name="restarts">Restarts of the agent so far.</param>
    public void Take(in CounterRecord record, long restarts)
    {
        if (LastCounters == 0 || record.IfIndex != index || record.PortName != nameHash) Begin(record);
        if (!order.TryAdvance(record, restarts, out bool restarted)) return;
        (LastCounters, speed) = (record.SteadyNanoseconds, record.IfSpeed);
        Span<ulong> growth = stackalloc ulong[InterfaceSeats.Counters];
        Read(record, restarted, growth);
        if (!HasSeat && seats.TryTake()) HasSeat = true;
        if (!HasSeat) seats.Fold(growth);
        else
            for (int i = 0; i < growth.Length; i++) Volatile.Write(ref totals[i], totals[i] + (long)growth[i]);
    }

    /// <summary>A packet of a pod of this node came in by the interface.</summary>
    public void SawPod(int endpoint, EndpointRegistry endpoints)
    {
        if (severalPods || endpoint == pod) return;
        // The same pod has a new entry after its labels or owner changed.
        if (pod != 0 && !IsSame(endpoints[pod], endpoints[endpoint])) Volatile.Write(ref severalPods, true);
        else Volatile.Write(ref pod, endpoint);
    }

    /// <summary>Another interface has the same index, so flow samples do not say which of the two it was.</summary>
    public void ShareIndex() => Volatile.Write(ref severalPods, true);

    /// <summary>The interface is gone, or its agent.</summary>
    public void Leave()
    {
        if (HasSeat) seats.Return();
        HasSeat = false;
    }

    private static bool IsSame(FlowEndpoint one, FlowEndpoint other) => one.Name == other.Name && one.Namespace == other.Namespace;

    /// <summary>The name belongs to another interface from now on.</summary>
    private void Begin(in CounterRecord record)
    {
        (index, nameHash, order, pod, severalPods) = (record.IfIndex, record.PortName, default, 0, false);
        foreach (ref GrowingCounter counter in counters.AsSpan()) counter.Rebase();
    }

    private void Read(in CounterRecord record, bool restarted, Span<ulong> growth)
    {
        // Bytes are 64 bits wide and never wrap. As long as they do not fall, the interface did not start again, and a 32-bit counter that fell wrapped.
        bool bytesKnown = record.IfInOctets != ulong.MaxValue && record.IfOutOctets != ulong.MaxValue;
        bool bytesFell = counters[(int)InterfaceCounter.BytesIn].FellTo(record.IfInOctets) || counters[(int)InterfaceCounter.BytesOut].FellTo(record.IfOutOctets);
        bool mayWrap = bytesKnown ? !bytesFell : !restarted;
        Wide(InterfaceCounter.BytesIn, record.IfInOctets, growth);
        Wide(InterfaceCounter.BytesOut, record.IfOutOctets, growth);
        Narrow(InterfaceCounter.UnicastIn, record.IfInUcast, growth);
        Narrow(InterfaceCounter.UnicastOut, record.IfOutUcast, growth);
        Narrow(InterfaceCounter.MulticastIn, record.IfInMulticast, growth);
        Narrow(InterfaceCounter.MulticastOut, record.IfOutMulticast, growth);
        Narrow(InterfaceCounter.BroadcastIn, record.IfInBroadcast, growth);
        Narrow(InterfaceCounter.BroadcastOut, record.IfOutBroadcast, growth);
        Narrow(InterfaceCounter.ErrorsIn, record.IfInErrors, growth);
        Narrow(InterfaceCounter.ErrorsOut, record.IfOutErrors, growth);
        Narrow(InterfaceCounter.DiscardsIn, record.IfInDiscards, growth);
        Narrow(InterfaceCounter.DiscardsOut, record.IfOutDiscards, growth);

        void Wide(InterfaceCounter counter, ulong value, Span<ulong> to) => to[(int)counter] = counters[(int)counter].Take(value);
        void Narrow(InterfaceCounter counter, uint value, Span<ulong> to) => to[(int)counter] = counters[(int)counter].Take(value, mayWrap);
    }
}
