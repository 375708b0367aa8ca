namespace SFlow.Exporter.Pipeline.Fields;

/// <summary>What the exporter found out about a sample.</summary>
internal static class FindingFields
{
    private static readonly Func<NamedFlow, object?> OfSource = flow => flow.Source, OfDestination = flow => flow.Destination;

    public static readonly Field[] All =
    [
        Field.Truth("sflow.counted", "The record is part of the volume. Each packet counts once.", flow => flow.Record.Counted),
        Field.Word<Observation>("sflow.observation", "Observation point of the packet.", flow => (int)flow.Record.Observation),
        Field.Word<SampleFault>("sflow.fault", "Why the sample is rejected: impossible field values.", flow => (int)flow.Record.Fault),
        Field.Word<ServerEnd>("sflow.server", "Which end is the server: source or destination.", flow => (int)flow.Record.Server).OnlyInSearch(),
        Field.Truth("sflow.is_initiator", "The source is the client.", flow => flow.Record.Server == ServerEnd.Unknown ? null : flow.Record.IsInitiator),
        Field.Word<ServerReason>("sflow.server_reason", "How the server was determined.", flow => (int)flow.Record.ServerReason),
        Field.Word<ServiceOrigin>("sflow.service_origin", "Where sflow.server_service comes from.", flow => (int)flow.Record.ServiceOrigin),
        new("sflow.conversation", Field.Keyword, "One text for all records of a conversation, in both directions.")
        {
            Read = flow => Conversation.Of(flow.Record, flow.ServerService),
            Write = (flow, json) => Conversation.Write(flow.Record, flow.ServerService, stackalloc byte[Conversation.Longest]) is { IsEmpty: false } text && json.Utf8(text),
        },
        Field.Text("sflow.source_namespace", "Label source_namespace of the metrics.", flow => flow.Source.Label) with { DependsOn = OfSource },
        Field.Text("sflow.destination_namespace", "Label destination_namespace of the metrics.", flow => flow.Destination.Label) with { DependsOn = OfDestination },
        Field.Text("sflow.server_service", "Label server_service of the metrics.", flow => flow.ServerService),
        Field.Text("sflow.source_service", "Service of the source's port.", flow => flow.SourceService).OnlyInSearch(),
        Field.Text("sflow.destination_service", "Service of the destination's port.", flow => flow.DestinationService).OnlyInSearch(),
        Field.Text("sflow.locality", "Label locality of the metrics: the distance between source and destination.", flow => flow.Locality).OnlyInDocuments(),
        Field.Number("sflow.acknowledged_bytes", "Lower bound of TCP payload bytes that the source received, from its acknowledgement number.",
            flow => flow.AcknowledgedBytes > 0 ? flow.AcknowledgedBytes : null, "bytes"),
    ];
}
