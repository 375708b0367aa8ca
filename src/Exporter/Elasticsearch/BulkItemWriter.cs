using System.Buffers;
using System.Text.Json;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Elasticsearch;

/// <summary>Writes records as items of a bulk body. One instance serves one thread.</summary>
internal sealed class BulkItemWriter(EcsDocument document) : IDisposable
{
    private readonly ArrayBufferWriter<byte> item = new(8 * 1024);
    private readonly Utf8JsonWriter json = new(Stream.Null, new JsonWriterOptions { SkipValidation = true });

    /// <summary>The item; valid until the next call.</summary>
    public ReadOnlySpan<byte> Write(in Flow record)
    {
        item.ResetWrittenCount();
        item.Write("{\"create\":{\"_id\":\""u8);
        RecordId.Write(record, item.GetSpan(RecordId.Length));
        item.Advance(RecordId.Length);
        item.Write("\"}}\n"u8);
        json.Reset(item);
        document.Write(json, record);
        json.Flush();
        item.Write("\n"u8);
        return item.WrittenSpan;
    }

    public void Dispose() => json.Dispose();
}
