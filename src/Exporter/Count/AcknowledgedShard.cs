using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Count;

/// <summary>
/// What the samples prove to have been received: the bytes came from the sample's destination, so that end is the source of the series. Bytes only:
/// how many packets they came in is not known.
/// </summary>
internal sealed class AcknowledgedShard(FlowFamily family, EndpointRegistry endpoints) : FamilyShard(family, endpoints)
{
    public override void Process(Span<Flow> records)
    {
        foreach (ref readonly Flow record in records)
        {
            if (record.AcknowledgedBytes == 0) continue;
            int source = Endpoints.Brief(record.DestinationEndpoint).LabelId, destination = Endpoints.Brief(record.SourceEndpoint).LabelId;
            ref FlowTotals sums = ref Sums(Row(source, destination, record.ServerService, record.TimestampNanoseconds));
            sums.Bytes += record.AcknowledgedBytes;
            sums.Samples++;
        }
    }
}
