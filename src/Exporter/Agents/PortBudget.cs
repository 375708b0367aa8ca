using SFlow.Exporter.Options;

namespace SFlow.Exporter.Agents;

/// <summary>How many ports may be followed, by one agent and by all.</summary>
internal sealed class PortBudget(AgentOptions options)
{
    private int taken;
    private long refused;

    /// <summary>Ports followed now.</summary>
    public int Taken => Volatile.Read(ref taken);
    public int Maximum => options.MaximumPorts;
    /// <summary>Counter samples of ports for which there was no room.</summary>
    public long Refused => Volatile.Read(ref refused);

    /// <summary>Room for one more port of an agent that has so many; else it is refused and counted.</summary>
    public bool TryTake(int ofAgent)
    {
        if (ofAgent < options.MaximumPortsPerAgent && Interlocked.Increment(ref taken) <= options.MaximumPorts) return true;
        if (ofAgent < options.MaximumPortsPerAgent) Interlocked.Decrement(ref taken);
        Interlocked.Increment(ref refused);
        return false;
    }

    public void Return(int ports) => Interlocked.Add(ref taken, -ports);
}
