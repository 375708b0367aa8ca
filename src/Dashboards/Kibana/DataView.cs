using System.Text.Json.Nodes;
using SFlow.Dashboards.Text;
using SFlow.Exporter.Pipeline.Fields;

namespace SFlow.Dashboards.Kibana;

/// <summary>The data view: which indices hold records, and how the values of each field are written. Formats and descriptions come from the catalogue of fields.</summary>
internal static class DataView
{
    public const string Id = "sflow-flows";

    /// <summary>Decimal units, as Grafana's dashboards have them: 1 kB is 1,000 bytes.</summary>
    private static readonly JsonObject bytes = Format("bytes", "0,0.[0]bd"), count = Format("number", "0,0"), plain = Format("number", "0");

    public static string Indices => Exporter.Elasticsearch.StreamName.Default.Pattern;

    public static SavedObject Object() => new(SavedObject.DataViewType, Id, new JsonObject
    {
        ["title"] = Indices,
        ["timeFieldName"] = RecordField.Time,
        ["fieldFormatMap"] = JsonText.Line(Formats()),
        ["fieldAttrs"] = JsonText.Line(Descriptions()),
    });

    /// <summary>A reference to the data view under the name that the referring JSON uses.</summary>
    public static Reference As(string name) => new(name, SavedObject.DataViewType, Id);

    private static JsonObject Formats()
    {
        JsonObject formats = new();
        foreach (Field field in FieldCatalogue.Documents.Where(field => field.Type == Field.Long))
            formats[field.Name] = (field.Unit switch { "bytes" => bytes, "" => plain, _ => count }).DeepClone();
        return formats;
    }

    /// <summary>Shown beside a field from Kibana 8.15 on; servers that do not know them ignore them.</summary>
    private static JsonObject Descriptions()
    {
        JsonObject fields = new();
        foreach (Field field in FieldCatalogue.Documents) fields[field.Name] = new JsonObject { ["customDescription"] = field.Meaning };
        return fields;
    }

    private static JsonObject Format(string id, string pattern) => new() { ["id"] = id, ["params"] = new JsonObject { ["pattern"] = pattern } };
}
