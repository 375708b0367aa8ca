using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.TcpAck;

/// <summary>
/// Tells what pods received from ends whose packets pass no sampling point: by the acknowledgement numbers of the pod's own samples. For each
/// connection the span of them is a lower bound of what the pod received, exact between the first and the last sample. Only counted samples of
/// the pod's side speak, and only where the other end has no host node. All samples of a connection come from its pod's node, and all datagrams
/// of an agent go to one worker, so each worker keeps connections of its own.
/// </summary>
/// <remarks>
/// What is behind a virtual address is not in the request: EndpointSlices tell it, and where they do not, a pod that is seen to answer.
/// </remarks>
internal sealed class TcpAckStage(Registries names, int connections) : IFlowStage
{
    private const PacketFacts Needed = PacketFacts.Tcp | PacketFacts.Ports;

    private readonly ConnectionTable table = new(connections);

    public void Process(Span<Flow> records)
    {
        foreach (ref Flow record in records)
        {
            if (record.Protocol != 6 || !record.Has(Needed)) continue;
            ref readonly EndpointSummary pod = ref names.Endpoints.Brief(record.SourceEndpoint);
            if (pod.Kind != EndpointKind.Pod || pod.HostNode < 0) continue;
            names.SampledServices.Add(record.SourceService);
            if (record.Counted && IsUnsampled(names.Endpoints.Brief(record.DestinationEndpoint), record.DestinationService))
                record.AcknowledgedBytes = table.Of(record).Take(record);
        }
    }

    public void Idle()
    {
    }

    /// <summary>Whether nothing that the end sends is sampled at its own node. A pod address without a pod is taken for a pod.</summary>
    private bool IsUnsampled(in EndpointSummary end, int service) => end.HostNode < 0 && end.Kind switch
    {
        // A pod that calls itself through a Service is answered at an address and port where no Service is.
        EndpointKind.Service => service > 0 && !names.SampledServices.Contains(service),
        EndpointKind.Node or EndpointKind.Ovn or EndpointKind.NamedNetwork or EndpointKind.Private or EndpointKind.Internet => true,
        _ => false,
    };
}
