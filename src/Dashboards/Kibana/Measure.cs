using System.Text.Json.Nodes;

namespace SFlow.Dashboards.Kibana;

/// <summary>A number of a group of records.</summary>
/// <param name="Title">What the reader sees.</param>
/// <param name="Function">Kibana's name of the aggregation.</param>
/// <param name="Field">The field; null counts records.</param>
internal sealed record Measure(string Title, string Function, string? Field)
{
    public static Measure Bytes { get; } = new("Bytes", "sum", RecordField.Bytes);
    public static Measure Packets { get; } = new("Packets", "sum", RecordField.Packets);
    public static Measure Samples { get; } = new("Samples", "count", null);
    public static Measure Downloaded { get; } = new("Downloaded, at least", "sum", RecordField.AcknowledgedBytes);
    public static Measure Conversations { get; } = Different("Conversations", RecordField.Conversation);
    public static Measure LastSeen { get; } = Largest("Last seen", RecordField.Time);

    public static Measure Different(string title, string field) => new(title, "cardinality", RecordField.Of(field));

    public static Measure Largest(string title, string field) => new(title, "max", RecordField.Of(field));

    public static Measure Smallest(string title, string field) => new(title, "min", RecordField.Of(field));

    public JsonNode Aggregation(int id)
    {
        JsonObject parameters = new() { ["customLabel"] = Title };
        if (Field is not null) parameters["field"] = Field;
        return Group.Aggregation(id, Function, "metric", parameters);
    }
}
