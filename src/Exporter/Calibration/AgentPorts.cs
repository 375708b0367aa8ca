using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SFlow.Exporter.Agents;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Calibration;

/// <summary>
/// The ports of one agent by interface index, from their first counter sample on, and what became of their windows. Any thread may call.
/// </summary>
internal sealed class AgentPorts(Agent agent, PortBudget budget)
{
    /// <summary>A port without counter samples for so long is gone, as its pod is.</summary>
    private const long Kept = 10 * UnixTime.Minute;

    /// <summary>Recent sums reach back over one to two of these.</summary>
    private const long Half = 10 * UnixTime.Minute;

    private readonly Dictionary<uint, PortWindow> ports = [];
    private SpinGate gate;
    private CalibrationSums total, former, current;
    private long currentSince, tidied;
    private bool released;

    public Agent Agent => agent;

    /// <summary>All windows that ended, or those that ended within the last ten to twenty minutes.</summary>
    public CalibrationSums Read(bool recent)
    {
        gate.Enter();
        CalibrationSums sums = recent ? former + current : total;
        gate.Leave();
        return sums;
    }

    /// <summary>Adds flow samples to the windows of the ports by which they came in.</summary>
    public void Add(ReadOnlySpan<Flow> samples)
    {
        gate.Enter();
        foreach (ref readonly Flow sample in samples)
        {
            if (sample.InputFormat != 0 || sample.Fault != SampleFault.None) continue;
            ref PortWindow port = ref CollectionsMarshal.GetValueRefOrNullRef(ports, sample.InputValue);
            if (!Unsafe.IsNullRef(ref port)) port.Add(sample);
        }
        gate.Leave();
    }

    /// <summary>Ends the window of a port and begins the next one.</summary>
    /// <param name="counters">The port's counter sample.</param>
    /// <param name="life">Any number that changes when the agent begins again or its datagrams can't be trusted.</param>
    public void Turn(in CounterRecord counters, long life)
    {
        gate.Enter();
        if (!released) TurnPort(counters, life);
        gate.Leave();
    }

    /// <summary>Forgets ports that are gone and sums that are old.</summary>
    public void Keep(long now)
    {
        gate.Enter();
        Tidy(now);
        gate.Leave();
    }

    /// <summary>The agent was evicted: its ports make room for others.</summary>
    public void Release()
    {
        gate.Enter();
        budget.Return(ports.Count);
        ports.Clear();
        released = true;
        gate.Leave();
    }

    private void TurnPort(in CounterRecord counters, long life)
    {
        Tidy(counters.SteadyNanoseconds);
        ref PortWindow port = ref CollectionsMarshal.GetValueRefOrNullRef(ports, counters.IfIndex);
        if (Unsafe.IsNullRef(ref port))
        {
            if (!budget.TryTake(ports.Count)) return;
            port = ref CollectionsMarshal.GetValueRefOrAddDefault(ports, counters.IfIndex, out _);
        }
        CalibrationSums sums = port.Turn(counters, life);
        total += sums;
        current += sums;
    }

    /// <summary>Does nothing within a minute of the last time.</summary>
    private void Tidy(long now)
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
