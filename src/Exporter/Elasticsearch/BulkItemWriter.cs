using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Pipeline.Fields;

namespace SFlow.Exporter.Elasticsearch;

/// <summary>Writes records as items of a bulk body. One instance serves one thread.</summary>
internal sealed class BulkItemWriter(EcsDocument document, TimeProvider time)
{
    private readonly JsonBuffer item = new();

    /// <summary>Reads the clock for <c>event.ingested</c>: once for the records that are written together.</summary>
    public void Begin() => document.Written = time.GetUtcNow().ToUnixNanoseconds();

    /// <summary>The item; valid until the next call.</summary>
    public ReadOnlySpan<byte> Write(in Flow record)
    {
        Begin(record);
        document.Write(item, record);
        item.Raw("\n"u8);
        return item.Written;
    }

    /// <summary>The item of combined records; valid until the next call.</summary>
    public ReadOnlySpan<byte> Write(RolledFlow group)
    {
        Begin(group.First);
        document.Write(item, group);
        item.Raw("\n"u8);
        return item.Written;
    }

    private void Begin(in Flow record)
    {
        Span<byte> id = stackalloc byte[RecordId.Length];
        RecordId.Write(record, id);
        item.Clear();
        item.Raw("{\"create\":{\"_id\":"u8);
        item.Plain(id);
        item.Raw("}}\n"u8);
    }
}
