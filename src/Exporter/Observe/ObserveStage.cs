using System.Runtime.CompilerServices;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Observe;

/// <summary>
/// Decides whether a sample counts (each packet once, by the home node of its source) and which end of it is the server.
/// </summary>
internal sealed class ObserveStage(Names names, ExportRule exports, PortLabels ports, WorkerCounters counters, ushort ownPort) : IFlowStage
{
    /// <summary>What agents send to, whatever our own port is: a Service in front of us may translate it.</summary>
    private const ushort SFlowPort = 6343;

    public void Process(Span<FlowRecord> records)
    {
        foreach (ref FlowRecord record in records)
        {
            record.Observation = Observe(record);
            record.Counted = record.Observation is Observation.Source or Observation.Fallback or Observation.Outside;
            FindServer(ref record);
            counters.Count(record.Observation);
        }
    }

    public void Idle()
    {
    }

    private Observation Observe(in FlowRecord record)
    {
        if (record.Fault != SampleFault.None) return Observation.None;
        Endpoint source = names.Endpoints[record.SourceEndpoint];
        if (source.Kind == EndpointKind.Node && record.Protocol == 17 && record.Has(PacketFacts.Ports)
            && (record.DestinationPort == ownPort || record.DestinationPort == SFlowPort)) return Observation.Own;
        if (source.HomeNode < 0 || record.ObserverNode < 0) return Observation.Outside;
        if (source.HomeNode == record.ObserverNode) return IsPacketOut(record) ? Observation.PacketOut : Observation.Source;
        return exports.Exports(names.Nodes[source.HomeNode], record.TimestampNanoseconds) ? Observation.Destination : Observation.Fallback;
    }

    /// <summary>What a pod or mp0 sends comes in by a port with a number; 0 and no tunnel means that it came from the controller.</summary>
    private static bool IsPacketOut(in FlowRecord record) => record.InputValue == 0 && record.InputFormat == 0 && !record.Has(PacketFacts.TunnelIngress);

    private void FindServer(ref FlowRecord record)
    {
        record.ServerService = ports.Other;
        if (!record.Has(PacketFacts.Ports)) return;
        (record.Server, record.ServerReason) = ServerOf(record);
        bool source = record.Server == ServerEnd.Source;
        int service = source ? record.SourceService : record.DestinationService;
        ushort port = source ? record.SourcePort : record.DestinationPort;
        record.ServerService = service > 0 ? service : ports.Of(record.Protocol, port, service == FlowRecord.DeclaredPort);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (ServerEnd, ServerReason) ServerOf(in FlowRecord record)
    {
        EndpointKind source = names.Endpoints[record.SourceEndpoint].Kind, destination = names.Endpoints[record.DestinationEndpoint].Kind;
        if (IsServiceAddress(destination, record.DestinationService)) return (ServerEnd.Destination, ServerReason.ServiceAddress);
        if (IsServiceAddress(source, record.SourceService)) return (ServerEnd.Source, ServerReason.ServiceAddress);
        bool sourceServes = record.SourceService > 0, destinationServes = record.DestinationService > 0;
        if (sourceServes != destinationServes) return (sourceServes ? ServerEnd.Source : ServerEnd.Destination, ServerReason.EndpointPort);
        return (record.SourcePort < record.DestinationPort ? ServerEnd.Source : ServerEnd.Destination, ServerReason.LowerPort);
    }

    /// <summary>A virtual address of a Service, or a NodePort.</summary>
    private static bool IsServiceAddress(EndpointKind kind, int service) =>
        kind == EndpointKind.Service || kind == EndpointKind.Node && service > 0;
}
