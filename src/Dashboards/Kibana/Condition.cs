using System.Text.Json.Nodes;

namespace SFlow.Dashboards.Kibana;

/// <summary>What a record must be, or must not be, to belong to a panel.</summary>
/// <param name="Field">A field of the documents.</param>
/// <param name="Negated">The record must not match.</param>
/// <param name="Values">One of them; none means that the field has any value.</param>
internal sealed record Condition(string Field, bool Negated, params string[] Values)
{
    public static Condition Is(string field, params string[] values) => new(RecordField.Of(field), false, values);

    public static Condition IsNot(string field, params string[] values) => new(RecordField.Of(field), true, values);

    public static Condition Has(string field) => new(RecordField.Of(field), false);

    /// <summary>Kibana's query language.</summary>
    public string Kql
    {
        get
        {
            string value = Values.Length switch { 0 => "*", 1 => Quoted(Values[0]), _ => $"({string.Join(" or ", Values.Select(Quoted))})" };
            return $"{(Negated ? "not " : "")}{Field}: {value}";
        }
    }

    /// <summary>The same as a query of the search engine.</summary>
    public JsonObject Query()
    {
        JsonObject query = Values.Length == 0
            ? new() { ["exists"] = new JsonObject { ["field"] = Field } }
            : new() { ["terms"] = new JsonObject { [Field] = new JsonArray([.. Values.Select(value => JsonValue.Create(value))]) } };
        return Negated ? new JsonObject { ["bool"] = new JsonObject { ["must_not"] = query } } : query;
    }

    private static string Quoted(string value) => value is "true" or "false" ? value : $"\"{value}\"";
}
