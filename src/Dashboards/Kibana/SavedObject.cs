using System.Text.Json.Nodes;
using SFlow.Dashboards.Text;

namespace SFlow.Dashboards.Kibana;

/// <summary>Something that an object needs, under the name that its own JSON uses.</summary>
internal sealed record Reference(string Name, string Type, string Id);

/// <summary>
/// One line of the file to import. Objects are those of Kibana 7.10, with references, so that OpenSearch Dashboards and later versions of Kibana accept
/// them too: each declares the newest format that all of these know.
/// </summary>
internal sealed record SavedObject(string Type, string Id, JsonObject Attributes, params Reference[] References)
{
    public const string DataViewType = "index-pattern", SearchType = "search", VisualizationType = "visualization", DashboardType = "dashboard";

    /// <summary>What ids begin with.</summary>
    public const string Prefix = "sflow-";

    private string Format => Type switch
    {
        DataViewType => "7.6.0",
        VisualizationType => "7.10.0",
        _ => "7.9.3",
    };

    public string Line() => JsonText.Line(new JsonObject
    {
        ["id"] = Id,
        ["type"] = Type,
        ["attributes"] = Attributes.DeepClone(),
        ["references"] = new JsonArray([.. References.Select(reference => new JsonObject { ["name"] = reference.Name, ["type"] = reference.Type, ["id"] = reference.Id })]),
        ["migrationVersion"] = new JsonObject { [Type] = Format },
    });
}
