namespace SFlow.Exporter.Pipeline.Fields;

/// <summary>What the exporter found out about a sample.</summary>
internal static class FindingFields
{
    public static readonly Field[] All =
    [
        new("sflow.counted", Field.Boolean, "The record is part of the volume. Each packet counts once.") { Read = flow => flow.Record.Counted },
        new("sflow.observation", Field.Keyword, "Observation point of the packet.") { Read = flow => SnakeCase.OfOrNull(flow.Record.Observation) },
        new("sflow.fault", Field.Keyword, "Why the sample is rejected: impossible field values.") { Read = flow => SnakeCase.OfOrNull(flow.Record.Fault) },
        new("sflow.server", Field.Keyword, "Which end is the server: source or destination.") { Read = flow => SnakeCase.OfOrNull(flow.Record.Server), InDocuments = false },
        new("sflow.is_initiator", Field.Boolean, "The source is the client.")
        {
            Read = flow => flow.Record.Server == ServerEnd.Unknown ? default(FieldValue) : flow.Record.IsInitiator,
        },
        new("sflow.server_reason", Field.Keyword, "How the server was determined.") { Read = flow => SnakeCase.OfOrNull(flow.Record.ServerReason) },
        new("sflow.service_origin", Field.Keyword, "Where sflow.server_service comes from.") { Read = flow => SnakeCase.OfOrNull(flow.Record.ServiceOrigin) },
        new("sflow.conversation", Field.Keyword, "One text for all records of a conversation, in both directions.") { Read = flow => Conversation.Of(flow.Record, flow.ServerService) },
        new("sflow.source_namespace", Field.Keyword, "Label source_namespace of the metrics.") { Read = flow => flow.Source.Label },
        new("sflow.destination_namespace", Field.Keyword, "Label destination_namespace of the metrics.") { Read = flow => flow.Destination.Label },
        new("sflow.server_service", Field.Keyword, "Label server_service of the metrics.") { Read = flow => flow.ServerService },
        new("sflow.source_service", Field.Keyword, "Service of the source's port.") { Read = flow => flow.SourceService, InDocuments = false },
        new("sflow.destination_service", Field.Keyword, "Service of the destination's port.") { Read = flow => flow.DestinationService, InDocuments = false },
        new("sflow.locality", Field.Keyword, "Label locality of the metrics: the distance between source and destination."),
        new("sflow.acknowledged_bytes", Field.Long, "Lower bound of TCP payload bytes that the source received, from its acknowledgement number.")
        {
            Unit = "bytes",
            Read = flow => flow.Record.AcknowledgedBytes > 0 ? flow.Record.AcknowledgedBytes : default(FieldValue),
        },
    ];
}
