using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Count;

/// <summary>The counted samples: each packet once.</summary>
internal sealed class FlowShard(FlowFamily family, EndpointRegistry endpoints) : FamilyShard(family, endpoints)
{
    public override void Process(Span<FlowRecord> records)
    {
        foreach (ref readonly FlowRecord record in records)
        {
            if (!record.Counted) continue;
            int source = Endpoints[record.SourceEndpoint].LabelId, destination = Endpoints[record.DestinationEndpoint].LabelId;
            ref FlowTotals sums = ref Sums(source, destination, record.ServerService, record.TimestampNanoseconds);
            sums.Bytes += record.Bytes;
            sums.Packets += record.Packets;
            sums.Samples++;
        }
    }
}
