using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Observe;

/// <summary>
/// Decides whether a sample counts (each packet once, at the host node of its source) and which side is the server.
/// </summary>
internal sealed class ObserveStage(Registries names, ExportRule exports, PortLabels ports, ListeningHistory history, ServiceSet collectors, WorkerCounters counters, ushort ownPort) : IFlowStage
{
    private readonly ServerRule servers = new(names.Endpoints, history);

    /// <summary>The usual port of collectors. A Service may translate it to our own port.</summary>
    private const ushort SFlowPort = 6343;

    public FlowParts Reads => FlowParts.Plausibility | FlowParts.Endpoints;
    public FlowParts Writes => FlowParts.Observation;

    public void Process(Span<Flow> records)
    {
        servers.Prefetch(records);
        foreach (ref Flow record in records)
        {
            record.Observation = Observe(record);
            record.Counted = record.Observation is Observation.Source or Observation.Fallback or Observation.Outside;
            FindServer(ref record);
            counters.Count(record.Observation);
            if (record.Counted) counters.Count(record.ServerReason);
        }
    }

    public void Idle()
    {
    }

    private Observation Observe(in Flow record)
    {
        if (record.Fault != SampleFault.None) return Observation.None;
        ref readonly EndpointSummary source = ref names.Endpoints.Brief(record.SourceEndpoint);
        if (record.Protocol == 17 && record.Has(PacketFacts.Ports) && source.Kind is EndpointKind.Node or EndpointKind.Ovn && IsForCollector(record)) return Observation.Own;
        if (source.HostNode < 0 || record.ObserverNode < 0) return source.Shared && record.ObserverNode >= 0 ? ObserveShared(record) : Observation.Outside;
        if (source.HostNode == record.ObserverNode) return IsPacketOut(record) ? Observation.PacketOut : Observation.Source;
        return exports.Exports(names.Nodes[source.HostNode], record.SteadyNanoseconds) ? Observation.Destination : Observation.Fallback;
    }

    /// <summary>
    /// The source is one of several endpoints, and it is unknown which. If the packet came through a tunnel, the sending node sampled it too. If
    /// not, it was sent here, if one of the endpoints is here.
    /// </summary>
    private Observation ObserveShared(in Flow record)
    {
        bool here = false, homeless = false, exported = false, some = false;
        int[] claimants = names.Endpoints[record.SourceEndpoint].Claimants!;
        foreach (int claimant in claimants.Length == 0 ? [record.SourceEndpoint] : claimants.AsSpan())
        {
            ref readonly EndpointSummary brief = ref names.Endpoints.Brief(claimant);
            if (brief.Shared) here = exported = some = true;
            else if (brief.HostNode < 0) homeless = true;
            else
            {
                some = true;
                if (brief.HostNode == record.ObserverNode) here = true;
                else exported |= exports.Exports(names.Nodes[brief.HostNode], record.SteadyNanoseconds);
            }
        }
        if (!some) return Observation.Outside;
        if (here && !record.Has(PacketFacts.TunnelIngress)) return IsPacketOut(record) ? Observation.PacketOut : Observation.Source;
        return homeless ? Observation.Outside : exported ? Observation.Destination : Observation.Fallback;
    }

    /// <summary>
    /// Agents send from mp0, their node, or the join address that OVN substitutes, to a collector or to its Service. The backends of a Service
    /// show where it leads: samples on their side have their listening port.
    /// </summary>
    private bool IsForCollector(in Flow record)
    {
        if (record.DestinationPort != ownPort && record.DestinationPort != SFlowPort) return collectors.Contains(record.DestinationService);
        if (record.DestinationRole == PortRole.Endpoint) collectors.Add(record.DestinationService);
        return true;
    }

    /// <summary>Packets of a pod or mp0 enter through a numbered port. 0 without a tunnel means that ovn-controller sent the packet.</summary>
    private static bool IsPacketOut(in Flow record) => record.InputValue == 0 && record.InputFormat == 0 && !record.Has(PacketFacts.TunnelIngress);

    /// <summary>
    /// Whether the packet shows that somebody listens at the server's port. A SYN or a datagram to a port may be a scan, and a reset refuses it; a
    /// segment of an open connection or a packet from the port is evidence.
    /// </summary>
    private static bool IsEvident(in Flow record)
    {
        if (record.Has(PacketFacts.Tcp)) return (record.TcpFlags & (TcpFlag.Acknowledge | TcpFlag.Reset)) == TcpFlag.Acknowledge;
        return record.Server == ServerEnd.Source || record.ServerReason is ServerReason.ListeningHistory or ServerReason.GroupAddress;
    }

    private void FindServer(ref Flow record)
    {
        record.ServerService = ports.Other;
        if (!record.Has(PacketFacts.Ports))
        {
            record.ServerReason = servers.DecideWithoutPorts(record, out record.Server);
            return;
        }
        record.ServerReason = servers.Decide(record, out record.Server);
        bool source = record.Server == ServerEnd.Source;
        int service = source ? record.SourceService : record.DestinationService;
        // Without a known server both ports are equal, so both directions get the same name.
        if (record.Server == ServerEnd.Unknown && record.SourceService > 0) service = Math.Min(service, record.SourceService);
        if (service > 0)
        {
            (record.ServerService, record.ServiceOrigin) = (service, ServiceOrigin.Kubernetes);
            return;
        }
        bool declared = (source ? record.SourceRole : record.DestinationRole) == PortRole.Container;
        record.ServerService = ports.Of(record.Protocol, source ? record.SourcePort : record.DestinationPort, declared);
        if (record.ServerService == ports.Other) return;
        record.ServiceOrigin = declared ? ServiceOrigin.Container : ServiceOrigin.Iana;
        if (declared || IsEvident(record)) names.DoubtfulPorts.Prove(record.ServerService);
    }
}
