namespace SFlow.Exporter.Pipeline;

/// <summary>Names of the families that a reader asks for by name; the others are known to their own file alone.</summary>
internal static class FamilyNames
{
    /// <summary>Start of all names; options leave it out.</summary>
    public const string Prefix = "sflow_";
    /// <summary>The counted flows, by namespace pair.</summary>
    public const string NamespacePair = "sflow_namespace_pair";
    /// <summary>The counted flows, by namespace pair and service.</summary>
    public const string Flow = "sflow_flow";
    /// <summary>What pods received from peers whose packets no agent samples.</summary>
    public const string Acknowledged = "sflow_acknowledged";
    /// <summary>What each backend of a Service sent.</summary>
    public const string Backend = "sflow_backend";
    /// <summary>Counters of interfaces; no family of flows, but bounded like one.</summary>
    public const string Interface = "sflow_interface";
}

/// <summary>Labels that several families have.</summary>
internal static class FamilyLabels
{
    public const string SourceNamespace = "source_namespace";
    public const string DestinationNamespace = "destination_namespace";
    public const string ServerService = "server_service";
}
