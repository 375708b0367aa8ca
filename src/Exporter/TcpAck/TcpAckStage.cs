using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.TcpAck;

/// <summary>
/// Computes a lower bound of the bytes that pods received from unsampled peers, from the acknowledgement numbers of the pod's own samples.
/// For each connection, their span is exact between the first and the last sample. Only counted samples of the pod are used, and only if the
/// peer has no host node. All samples of a connection come from the node of its pod, and all datagrams of an agent go to one worker. So each
/// worker has its own connections.
/// </summary>
/// <remarks>
/// The request does not show the backend of a virtual address. EndpointSlices show it, or a pod that was seen to reply.
/// </remarks>
/// <param name="names">Endpoints, and the Services with sampled backends by EndpointSlices.</param>
/// <param name="replying">Services of which a pod was seen to reply: learned here, and shared by all workers.</param>
/// <param name="connections">Connections that this worker follows.</param>
internal sealed class TcpAckStage(Registries names, ServiceSet replying, int connections) : IFlowStage
{
    private const PacketFacts Needed = PacketFacts.Tcp | PacketFacts.Ports;

    private readonly ConnectionTable table = new(connections);

    public FlowParts Reads => FlowParts.Endpoints | FlowParts.Observation;
    public FlowParts Writes => FlowParts.Acknowledged;

    public void Process(Span<Flow> records)
    {
        foreach (ref Flow record in records)
        {
            if (record.Protocol != 6 || !record.Has(Needed)) continue;
            ref readonly EndpointSummary pod = ref names.Endpoints.Brief(record.SourceEndpoint);
            if (pod.Kind != EndpointKind.Pod || pod.HostNode < 0) continue;
            replying.Add(record.SourceService);
            if (record.Counted && IsUnsampled(names.Endpoints.Brief(record.DestinationEndpoint), record.DestinationService))
                record.AcknowledgedBytes = table.Of(record).Take(record);
        }
    }

    public void Idle()
    {
    }

    /// <summary>Whether the packets of this peer pass no sampling point. A pod address without a pod is treated as a pod.</summary>
    private bool IsUnsampled(in EndpointSummary end, int service) => end.HostNode < 0 && end.Kind switch
    {
        // A pod that calls itself through a Service gets its reply at an address and port without a Service.
        EndpointKind.Service => service > 0 && !replying.Contains(service) && !names.BackedServices.Contains(service),
        EndpointKind.Node or EndpointKind.Ovn or EndpointKind.NamedNetwork or EndpointKind.Private or EndpointKind.Internet => true,
        _ => false,
    };
}
