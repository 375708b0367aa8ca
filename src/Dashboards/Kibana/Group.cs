using System.Text.Json.Nodes;

namespace SFlow.Dashboards.Kibana;

/// <summary>A field whose values divide the records of a panel.</summary>
/// <param name="Title">What the reader sees.</param>
/// <param name="Field">The field.</param>
/// <param name="Size">The largest so many groups are shown.</param>
internal sealed record Group(string Title, string Field, int Size = 20)
{
    /// <summary>Name of the records without a value; null leaves them out.</summary>
    public string? Absent { get; init; }

    /// <summary>All further groups in one.</summary>
    public bool Others { get; init; }

    /// <summary>A record may be in several groups, so that their sum says nothing.</summary>
    public bool Overlap { get; init; }

    public static Group By(string title, string field, int size = 20) => new(title, RecordField.Of(field), size);

    public Group Or(string absent) => this with { Absent = absent };

    public Group AndOthers() => this with { Others = true };

    /// <summary>Ordered by the measure with this id.</summary>
    public JsonNode Terms(int id, string schema, string orderBy) => Aggregation(id, "terms", schema, new JsonObject
    {
        ["field"] = Field,
        ["customLabel"] = Title,
        ["size"] = Size,
        ["order"] = "desc",
        ["orderBy"] = orderBy,
        ["otherBucket"] = Others,
        ["otherBucketLabel"] = "others",
        ["missingBucket"] = Absent is not null,
        ["missingBucketLabel"] = Absent ?? "none",
    });

    public static JsonNode Aggregation(int id, string type, string schema, JsonObject parameters) =>
        new JsonObject { ["id"] = $"{id}", ["enabled"] = true, ["type"] = type, ["schema"] = schema, ["params"] = parameters };
}
