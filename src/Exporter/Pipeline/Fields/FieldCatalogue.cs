namespace SFlow.Exporter.Pipeline.Fields;

/// <summary>
/// All fields of a record, listed once. The mapping, the documents, the answers of the search, the header of CSV and the table in docs/ecs.md are made of
/// this list. Documents have their fields in its order.
/// </summary>
internal static class FieldCatalogue
{
    private static readonly Field[] Source =
        EndFields.Of("source", flow => flow.Source, flow => flow.SourcePlace, flow => flow.Record.Source, flow => flow.Record.SourcePort, flow => flow.Record.SourceMac);

    private static readonly Field[] Destination = EndFields.Of(
        "destination", flow => flow.Destination, flow => flow.DestinationPlace, flow => flow.Record.Destination, flow => flow.Record.DestinationPort, flow => flow.Record.DestinationMac);

    public static readonly Field[] All =
    [
        .. EventFields.All,
        .. ObserverFields.All,
        .. NetworkFields.All,
        .. Source,
        .. Destination,
        .. EndFields.CopyOf("client", Source),
        .. EndFields.CopyOf("server", Source),
        .. FindingFields.All,
        .. RollupFields.Sums,
        .. SampleFields.All,
        .. HeaderFields.All,
        .. RenamedFields.All,
    ];

    /// <summary>What documents have.</summary>
    public static readonly Field[] Documents = [.. All.Where(field => field.InDocuments)];

    /// <summary>What the search and CSV show.</summary>
    public static readonly Field[] Search = [.. All.Where(field => field.InSearch)];
}
