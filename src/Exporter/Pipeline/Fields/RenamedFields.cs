namespace SFlow.Exporter.Pipeline.Fields;

/// <summary>Names that the search had before it took those of the documents. They are answered for one release, and a header says so.</summary>
internal static class RenamedFields
{
    public static readonly Field[] All =
    [
        Old("source.service", "sflow.source_service", flow => flow.SourceService),
        Old("destination.service", "sflow.destination_service", flow => flow.DestinationService),
        Old("server.service", "sflow.server_service", flow => flow.ServerService),
        Old("sflow.sample.format", "sflow.sample.type", flow => flow.Record.SampleFormat),
    ];

    /// <summary>All as the value of a header: old=new, old=new.</summary>
    public static readonly string Header = string.Join(", ", All.Select(field => $"{field.Name}={field.ReplacedBy}"));

    private static Field Old(string name, string replacement, Func<NamedFlow, FieldValue> read) =>
        new(name, Field.Keyword, $"Old name of {replacement}.") { Read = read, ReplacedBy = replacement };
}
