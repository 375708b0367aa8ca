namespace SFlow.Exporter.Pipeline;

/// <summary>One counter sample: the structures that it contains (of four), and their values. Unknown counters are all ones on the wire.</summary>
internal struct CounterRecord
{
    /// <summary>Arrival by <see cref="SteadyClock"/>; of a capture, the capture time.</summary>
    public long SteadyNanoseconds;
    public int Agent;
    public uint UptimeMilliseconds;
    /// <summary>The datagram came from the sender that its agent is known by.</summary>
    public bool IsFromOwner;
    public uint SourceIdType, SourceIdIndex;
    public bool HasInterface, HasOvsDatapath, HasResources;

    /// <summary>Record 0:1, interface counters.</summary>
    public uint IfIndex, IfType, IfDirection, IfStatus;
    public ulong IfSpeed, IfInOctets, IfOutOctets;
    public uint IfInUcast, IfInMulticast, IfInBroadcast, IfInDiscards, IfInErrors;
    public uint IfOutUcast, IfOutMulticast, IfOutBroadcast, IfOutDiscards, IfOutErrors;

    /// <summary>Record 0:1005: hash of the port name, to distinguish ports with one interface index; 0 without a name.</summary>
    public int PortName;

    /// <summary>Record 0:1005: the port name itself; empty without a name.</summary>
    public PortNameBytes Name;

    /// <summary>Record 0:2203: resources of the agent's process, in milliseconds of CPU and bytes of memory.</summary>
    public uint UserTime, SystemTime;
    public ulong MemoryUsed, MemoryMaximum;

    /// <summary>Record 0:2207, Open vSwitch datapath.</summary>
    public uint OvsHits, OvsMisses, OvsLost, OvsMaskHits, OvsFlows, OvsMasks;
}
