using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Pipeline.Fields;

namespace SFlow.Exporter.Elasticsearch;

/// <summary>
/// One record as a document of the Elastic Common Schema, with what has no place there under <c>sflow</c>. Its fields are those of
/// <see cref="FieldCatalogue"/>; what a record does not have is left out. One instance serves one thread.
/// </summary>
internal sealed class EcsDocument
{
    private readonly DocumentFlow flow;
    private readonly DocumentPart[] sample = DocumentPlan.Make(FieldCatalogue.Documents.Where(field => field.Scope != FieldScope.Rollup));
    private readonly DocumentPart[] rollup = DocumentPlan.Make(FieldCatalogue.Documents.Where(field => field.Scope != FieldScope.Sample));

    public EcsDocument(Registries names, IGeoIp? places = null)
        : this(names, StreamName.Default, new RecordOrigin(), places)
    {
    }

    public EcsDocument(Registries names, StreamName stream, RecordOrigin origin, IGeoIp? places)
    {
        origin = origin with { Dataset = stream.EventDataset };
        if (stream.Namespace is not null) origin = origin with { StreamType = stream.Type, StreamDataset = stream.Dataset, StreamNamespace = stream.Namespace };
        flow = new DocumentFlow(names, origin, places);
    }

    /// <summary>When the next documents are written, in nanoseconds of Unix time; null leaves it out.</summary>
    public long? Written
    {
        get => flow.Written;
        set => flow.Written = value;
    }

    /// <summary>Adds the document to the buffer.</summary>
    public void Write(JsonBuffer json, in Flow record)
    {
        flow.Take(record, null);
        Write(json, sample);
    }

    /// <summary>Adds the document of combined records to the buffer.</summary>
    public void Write(JsonBuffer json, RolledFlow group)
    {
        flow.Take(group.First, group);
        Write(json, rollup);
    }

    private void Write(JsonBuffer json, DocumentPart[] members)
    {
        int start = json.Length;
        foreach (DocumentPart member in members) member.Write(flow, json);
        json.CloseObject(start);
    }
}
