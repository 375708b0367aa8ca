using System.Text.Json.Nodes;

namespace SFlow.Dashboards.Kibana;

/// <summary>The records themselves, the newest first: a saved search, which Discover opens too.</summary>
internal sealed record RecordsPanel(string Title, string Description, params string[] Columns) : KibanaPanel(Title, Description)
{
    public override string ObjectType => SavedObject.SearchType;

    protected override string Kind => "";

    protected override JsonObject Parameters() => [];

    public override SavedObject Object(KibanaDashboard dashboard) => new(SavedObject.SearchType, IdIn(dashboard), new JsonObject
    {
        ["title"] = $"sFlow: {Title}",
        ["description"] = Description,
        ["hits"] = 0,
        ["columns"] = new JsonArray([.. Columns.Select(column => JsonValue.Create(RecordField.Of(column)))]),
        ["sort"] = new JsonArray(new JsonArray(RecordField.Time, "desc")),
        ["version"] = 1,
        ["kibanaSavedObjectMeta"] = Source!.Attribute(),
    }, Source.References);
}
