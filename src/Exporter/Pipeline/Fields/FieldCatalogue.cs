namespace SFlow.Exporter.Pipeline.Fields;

/// <summary>
/// All fields of a record, listed once: the mapping, the answers of the search, the header of CSV and the table in docs/records.md are made of it, and a
/// test compares each document with it.
/// </summary>
internal static class FieldCatalogue
{
    public static readonly Field[] All =
    [
        .. EventFields.All,
        .. NetworkFields.All,
        .. EndFields.Of("source", flow => flow.Source, flow => flow.Record.Source, flow => flow.Record.SourcePort, flow => flow.Record.SourceMac),
        .. EndFields.Of("destination", flow => flow.Destination, flow => flow.Record.Destination, flow => flow.Record.DestinationPort, flow => flow.Record.DestinationMac),
        .. EndFields.CopyOf("client"),
        .. EndFields.CopyOf("server"),
        .. FindingFields.All,
        .. SampleFields.All,
        .. HeaderFields.All,
        .. RenamedFields.All,
    ];

    /// <summary>What documents have.</summary>
    public static readonly Field[] Documents = [.. All.Where(field => field.InDocuments)];

    /// <summary>What the search and CSV show.</summary>
    public static readonly Field[] Search = [.. All.Where(field => field.InSearch)];
}
