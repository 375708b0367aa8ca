using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Count;

/// <summary>
/// The counted samples: each packet once. The variance of an estimate that adds r x length for each draw at one in r is estimated without bias by
/// the sum of r (r - 1) length² (Horvitz and Thompson); at sampling 1 it is 0.
/// </summary>
internal sealed class FlowShard(FlowFamily family, EndpointRegistry endpoints) : FamilyShard(family, endpoints)
{
    public override void Process(Span<FlowRecord> records)
    {
        foreach (ref readonly FlowRecord record in records)
        {
            if (!record.Counted) continue;
            int source = Endpoints[record.SourceEndpoint].LabelId, destination = Endpoints[record.DestinationEndpoint].LabelId;
            Sums(source, destination, record.ServerService, record.TimestampNanoseconds).Add(record);
        }
    }
}
