using System.Globalization;
using System.Text.Json.Nodes;
using SFlow.Dashboards.Kibana;

namespace SFlow.EndToEnd.Tests.Kibana;

/// <summary>The sums that a panel should show, made from the stored records by plain code instead of the search engine.</summary>
internal sealed class RecordSums(IReadOnlyList<JsonObject> records)
{
    /// <summary>Key of the records without a value, as the view writes it.</summary>
    public const string Missing = "__missing__";

    /// <summary>The records that belong to a panel.</summary>
    public RecordSums Of(KibanaPanel panel) =>
        new([.. records.Where(record => (!panel.CountedOnly || Flat.Counted(record)) && panel.Conditions.All(condition => Meets(record, condition)))]);

    public RecordSums With(string field) => new([.. records.Where(record => Flat.Values(record, field).Length > 0)]);

    public int Count => records.Count;

    public double Sum(string field) => records.Sum(record => Flat.Number(record, field));

    public double SumOfSquares(string field) => records.Sum(record => Flat.Number(record, field) * Flat.Number(record, field));

    public double Of(Measure measure) => measure.Function switch
    {
        "count" => Count,
        "sum" => Sum(measure.Field!),
        "min" => records.Min(record => Number(record, measure.Field!)),
        "max" => records.Max(record => Number(record, measure.Field!)),
        "cardinality" => records.SelectMany(record => Flat.Values(record, measure.Field!)).Distinct().Count(),
        _ => throw new ArgumentOutOfRangeException(nameof(measure), measure.Function, "unknown function"),
    };

    /// <summary>The records of each value; a record with several values is in several groups.</summary>
    public Dictionary<string, RecordSums> By(Group group) => records
        .SelectMany(record => Flat.Values(record, group.Field) is { Length: > 0 } values ? values.Select(value => (Key: value, record)) : group.Absent is null ? [] : [(Key: Missing, record)])
        .GroupBy(pair => pair.Key, pair => pair.record).ToDictionary(values => values.Key, values => new RecordSums([.. values]));

    private static bool Meets(JsonObject record, Condition condition)
    {
        string[] values = Flat.Values(record, condition.Field);
        bool met = condition.Values.Length == 0 ? values.Length > 0 : values.Intersect(condition.Values).Any();
        return met != condition.Negated;
    }

    /// <summary>A number, or a time in milliseconds, as the server keeps it.</summary>
    private static double Number(JsonObject record, string field) =>
        field == RecordField.Time ? DateTimeOffset.Parse(Flat.Text(record, field), CultureInfo.InvariantCulture).ToUnixTimeMilliseconds() : Flat.Number(record, field);
}
