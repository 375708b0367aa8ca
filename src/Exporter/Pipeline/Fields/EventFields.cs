using System.Text;

namespace SFlow.Exporter.Pipeline.Fields;

/// <summary>When a record was made, and what it is.</summary>
internal static class EventFields
{
    public static readonly Field[] All =
    [
        Field.Time("@timestamp", "Time at which the datagram arrived, to the nanosecond.", flow => flow.Record.TimestampNanoseconds),
        Field.Constant("ecs.version", "Version of the Elastic Common Schema.", "\"9.4.0\""),
        Field.Constant("tags", "Always sflow and forwarded.", """["sflow","forwarded"]"""),
        OfStream("data_stream.type", "Type of the data stream.", origin => origin.StreamType),
        OfStream("data_stream.dataset", "Dataset of the data stream.", origin => origin.StreamDataset),
        OfStream("data_stream.namespace", "Namespace of the data stream.", origin => origin.StreamNamespace),
        new("event.id", Field.Keyword, "Identity of the sample, made of its bytes. Documents have it as _id too, and exemplars as record_id.")
        {
            Read = flow => Encoding.ASCII.GetString(Id(flow, stackalloc byte[RecordId.Length])),
            Write = (flow, json) => json.Plain(Id(flow, stackalloc byte[RecordId.Length])),
        },
        Field.Constant("event.kind", "Always event.", "\"event\""),
        Field.Constant("event.category", "Always network.", "[\"network\"]"),
        Field.Constant("event.action", "Always sflow_flow.", "\"sflow_flow\""),
        Field.Constant("event.module", "Always sflow.", "\"sflow\""),
        OfStream("event.dataset", "Dataset of the data stream.", origin => origin.Dataset),
        new("event.type", Field.Keyword, "connection; also protocol where network.protocol is set.")
        {
            Write = (flow, json) => json.Raw(flow.Record.IanaName is null ? """["connection"]"""u8 : """["connection","protocol"]"""u8),
        },
        Field.Number("event.sequence", "The same as sflow.sample.sequence.", flow => flow.Record.SampleSequence).OnlyInDocuments().OfSample(),
        Field.Time("event.created", "The same as @timestamp.", flow => flow.Record.TimestampNanoseconds).OnlyInDocuments(),
        Field.Time("event.ingested", "Time at which the exporter wrote the document, by its own clock. An ingest pipeline may replace it with the time of the server.", flow => flow.Written).OnlyInDocuments(),
        .. RollupFields.Event,
    ];

    private static ReadOnlySpan<byte> Id(NamedFlow flow, Span<byte> text)
    {
        RecordId.Write(flow.Record, text);
        return text;
    }

    private static Field OfStream(string name, string meaning, Func<RecordOrigin, string?> of) =>
        Field.Text(name, meaning, flow => of(flow.Origin!)).OnlyInDocuments() with { DependsOn = RecordOrigin.Of };
}
