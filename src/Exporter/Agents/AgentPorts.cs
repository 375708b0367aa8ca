using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Agents;

/// <summary>
/// The ports of one agent by interface index, from their first counter sample on, and what became of their windows.
/// Guarded by the agent.
/// </summary>
internal sealed class AgentPorts(PortBudget budget)
{
    /// <summary>A port without counter samples for so long is gone, as its pod is.</summary>
    private const long Kept = 10 * UnixTime.Minute;

    /// <summary>Recent sums reach back over one to two of these.</summary>
    private const long Half = 10 * UnixTime.Minute;

    private readonly Dictionary<uint, PortWindow> ports = [];
    private CalibrationSums former, current;
    private long currentSince, tidied;

    /// <summary>Ports that are followed.</summary>
    public int Count => ports.Count;

    /// <summary>All windows that ended.</summary>
    public CalibrationSums Total { get; private set; }

    /// <summary>The windows that ended within the last ten to twenty minutes.</summary>
    public CalibrationSums Recent => former + current;

    /// <summary>Adds flow samples to the windows of the ports by which they came in.</summary>
    public void Add(ReadOnlySpan<Flow> samples)
    {
        foreach (ref readonly Flow sample in samples)
        {
            if (sample.InputFormat != 0 || sample.Fault != SampleFault.None) continue;
            ref PortWindow port = ref CollectionsMarshal.GetValueRefOrNullRef(ports, sample.InputValue);
            if (!Unsafe.IsNullRef(ref port)) port.Add(sample);
        }
    }

    /// <summary>Ends the window of a port and begins the next one.</summary>
    /// <param name="counters">The port's counter sample.</param>
    /// <param name="life">Any number that changes when the agent begins again or its datagrams can't be trusted.</param>
    public void Turn(in CounterRecord counters, long life)
    {
        Tidy(counters.TimestampNanoseconds);
        ref PortWindow port = ref CollectionsMarshal.GetValueRefOrNullRef(ports, counters.IfIndex);
        if (Unsafe.IsNullRef(ref port))
        {
            if (!budget.TryTake(ports.Count)) return;
            port = ref CollectionsMarshal.GetValueRefOrAddDefault(ports, counters.IfIndex, out _);
        }
        CalibrationSums sums = port.Turn(counters, life);
        Total += sums;
        current += sums;
    }

    /// <summary>Forgets ports that are gone and sums that are old; does nothing within a minute of the last time.</summary>
    public void Tidy(long now)
    {
        if (now - tidied < UnixTime.Minute) return;
        tidied = now;
        int before = ports.Count;
        foreach ((uint index, PortWindow port) in ports)
            if (now - port.LastCounters > Kept) ports.Remove(index);
        budget.Return(before - ports.Count);
        if (now - currentSince < Half) return;
        former = now - currentSince < 2 * Half ? current : default;
        (current, currentSince) = (default, now);
    }
}
