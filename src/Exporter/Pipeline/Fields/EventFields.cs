using System.Globalization;

namespace SFlow.Exporter.Pipeline.Fields;

/// <summary>When a record was made, and by whom.</summary>
internal static class EventFields
{
    public static readonly Field[] All =
    [
        new("@timestamp", Field.Date, "Time at which the datagram arrived, to the nanosecond.") { Read = flow => UnixTime.Format(flow.Record.TimestampNanoseconds) },
        new("event.id", Field.Keyword, "128-bit hash of the sample, in hexadecimal. Documents have it as _id.")
        {
            Read = flow => string.Create(CultureInfo.InvariantCulture, $"{flow.Record.IdHigh:x16}{flow.Record.IdLow:x16}"),
            InDocuments = false,
        },
        new("event.kind", Field.Keyword, "Always event."),
        new("event.category", Field.Keyword, "Always network."),
        new("event.type", Field.Keyword, "connection; also protocol where network.protocol is set."),
        new("event.action", Field.Keyword, "Always sflow_flow."),
        new("event.dataset", Field.Keyword, "Dataset of the data stream."),
        new("event.module", Field.Keyword, "Always sflow."),
        new("event.sequence", Field.Long, "The same as sflow.sample.sequence."),
        new("event.created", Field.Date, "The same as @timestamp."),
        new("ecs.version", Field.Keyword, "Version of the Elastic Common Schema."),
        new("tags", Field.Keyword, "Always sflow and forwarded."),
        new("data_stream.type", Field.Keyword, "Type of the data stream."),
        new("data_stream.dataset", Field.Keyword, "Dataset of the data stream."),
        new("data_stream.namespace", Field.Keyword, "Namespace of the data stream."),
        new("host.name", Field.Keyword, "Node of the agent; its address where the node is unknown."),
        new("observer.ip", Field.Ip, "Address of the agent, as its datagram says.") { Read = flow => flow.Record.AgentAddress.ToString() },
        new("observer.name", Field.Keyword, "Node of the agent that took the sample.") { Read = flow => flow.ObserverNode },
        new("observer.type", Field.Keyword, "Always switch."),
        new("observer.ingress.interface.id", Field.Keyword, "Input interface of the packet."),
        new("observer.egress.interface.id", Field.Keyword, "Output interface of the packet."),
        new("cloud.availability_zone", Field.Keyword, "Zone of the agent's node."),
        new("cloud.region", Field.Keyword, "Region of the agent's node."),
    ];
}
