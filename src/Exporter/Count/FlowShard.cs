using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Count;

/// <summary>
/// The counted samples: each packet once. The variance of an estimate that adds r x length for each draw at one in r is estimated without bias by
/// the sum of r (r - 1) length² (Horvitz and Thompson); at sampling 1 it is 0.
/// </summary>
internal sealed class FlowShard(FlowFamily family, EndpointRegistry endpoints) : FamilyShard(family, endpoints)
{
    private const int Block = 64;

    public override void Process(Span<Flow> records)
    {
        for (; records.Length > Block; records = records[Block..]) ProcessBlock(records[..Block]);
        ProcessBlock(records);
    }

    private void ProcessBlock(Span<Flow> records)
    {
        // First all rows, then all sums: what one look-up waits for in the memory, the next ones wait for at the same time.
        Span<int> rows = stackalloc int[Block];
        for (int at = 0; at < records.Length; at++)
        {
            ref readonly Flow record = ref records[at];
            if (!record.Counted) continue;
            int source = Endpoints.Brief(record.SourceEndpoint).LabelId, destination = Endpoints.Brief(record.DestinationEndpoint).LabelId;
            rows[at] = Row(source, destination, record.ServerService, record.TimestampNanoseconds);
        }
        for (int at = 0; at < records.Length; at++)
        {
            ref readonly Flow record = ref records[at];
            if (!record.Counted) continue;
            Sums(rows[at]).Add(record);
        }
    }
}
