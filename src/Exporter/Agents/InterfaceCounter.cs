namespace SFlow.Exporter.Agents;

/// <summary>The counters of record 0:1 that become metrics. In is from the interface into the switch: what a pod sent.</summary>
internal enum InterfaceCounter
{
    BytesIn,
    BytesOut,
    UnicastIn,
    UnicastOut,
    MulticastIn,
    MulticastOut,
    BroadcastIn,
    BroadcastOut,
    ErrorsIn,
    ErrorsOut,
    DiscardsIn,
    DiscardsOut,
}
