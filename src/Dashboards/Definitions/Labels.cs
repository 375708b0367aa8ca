namespace SFlow.Dashboards.Definitions;

/// <summary>Names of labels and variables that several dashboards use. A selector refuses a label that its metric does not have.</summary>
internal static class Labels
{
    public const string Source = "source_namespace", Destination = "destination_namespace", Service = "server_service";
    public const string Locality = "locality", Node = "observer_node", Agent = "agent", State = "state", Sink = "sink", Reason = "reason";

    public const string SourceWorkload = "source_workload", DestinationWorkload = "destination_workload";
    public const string Local = "local_namespace", Direction = "direction", Network = "network", System = "as_number", Country = "country";
    public const string SourceNode = "source_node", DestinationNode = "destination_node", SourceZone = "source_zone", DestinationZone = "destination_zone";

    /// <summary>What namespace labels say of traffic without a namespace.</summary>
    public const string Internet = "@internet", Unknown = "@unknown", Remainder = "__other__";
}
