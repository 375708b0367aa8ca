using SFlow.Exporter.Pipeline.Fields;

namespace SFlow.Dashboards.Kibana;

/// <summary>Names of fields that panels and queries use. A name that documents do not have is an error when the file is written.</summary>
internal static class RecordField
{
    public const string Time = "@timestamp";

    public static string Counted { get; } = Of("sflow.counted");
    public static string Bytes { get; } = Of("network.bytes");
    public static string Packets { get; } = Of("network.packets");
    public static string AcknowledgedBytes { get; } = Of("sflow.acknowledged_bytes");
    public static string Rate { get; } = Of("sflow.sample.rate");
    public static string Conversation { get; } = Of("sflow.conversation");
    public static string SourceNamespace { get; } = Of("sflow.source_namespace");
    public static string DestinationNamespace { get; } = Of("sflow.destination_namespace");
    public static string SourceWorkload { get; } = Of("source.kubernetes.owner.name");
    public static string DestinationWorkload { get; } = Of("destination.kubernetes.owner.name");
    public static string SourceNode { get; } = Of("source.kubernetes.node.name");
    public static string DestinationNode { get; } = Of("destination.kubernetes.node.name");
    public static string ClientNamespace { get; } = Of("client.kubernetes.namespace");
    public static string ServerNamespace { get; } = Of("server.kubernetes.namespace");
    public static string ClientWorkload { get; } = Of("client.kubernetes.owner.name");
    public static string ServerWorkload { get; } = Of("server.kubernetes.owner.name");
    public static string ClientName { get; } = Of("client.kubernetes.name");
    public static string ServerName { get; } = Of("server.kubernetes.name");
    public static string Service { get; } = Of("sflow.server_service");
    public static string IsInitiator { get; } = Of("sflow.is_initiator");
    public static string Node { get; } = Of("host.name");
    public static string Direction { get; } = Of("network.direction");
    public static string Locality { get; } = Of("sflow.locality");
    public static string Transport { get; } = Of("network.transport");
    public static string Flags { get; } = Of("sflow.tcp.flags");
    public static string Observation { get; } = Of("sflow.observation");
    public static string Fault { get; } = Of("sflow.fault");
    public static string Country { get; } = Of("destination.geo.country_name");
    public static string City { get; } = Of("destination.geo.city_name");
    public static string Place { get; } = Of("destination.geo.location");
    public static string AutonomousSystem { get; } = Of("destination.as.organization.name");

    /// <summary>The name itself, if documents have such a field.</summary>
    public static string Of(string name) => FieldCatalogue.Documents.Any(field => field.Name == name) ? name : throw new ArgumentException($"documents have no field {name}", nameof(name));
}
