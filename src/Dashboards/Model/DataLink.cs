namespace SFlow.Dashboards.Model;

/// <summary>A link from a value to where it is explained, with the same filter and time.</summary>
/// <param name="Title">What the reader sees.</param>
/// <param name="Url">Address with Grafana's variables.</param>
internal sealed record DataLink(string Title, string Url)
{
    public const string PageVariable = "exporter_url", KibanaVariable = "kibana_url";

    /// <summary>Data view of kibana/sflow.ndjson.</summary>
    private const string DataView = "sflow-flows";

    /// <summary>Another dashboard of this project, for the value of one of its variables.</summary>
    public static DataLink Dashboard(string name, string variable, string value, string title) =>
        new(title, $"/d/sflow-{name}?${{datasource:queryparam}}&${{job:queryparam}}&${{instance:queryparam}}&var-{variable}={value}&${{__url_time_range}}");

    /// <summary>The search of the exporter's page.</summary>
    /// <param name="field">A field of the search: namespace, workload, service, ...</param>
    /// <param name="value">The value, with Grafana's variables.</param>
    public static DataLink Page(string field, string value) =>
        new("Records in the exporter", $"${{{PageVariable}}}/?{field}={value}&from=${{__from:date:iso}}&to=${{__to:date:iso}}");

    /// <summary>Kibana's Discover.</summary>
    /// <param name="conditions">Fields of the records and their values; a record matches if all do.</param>
    public static DataLink Kibana(params (string Field, string Value)[] conditions)
    {
        string query = string.Join(" and ", conditions.Select(condition => $"{condition.Field}:\"{condition.Value}\""));
        string escaped = query.Replace(" ", "%20", StringComparison.Ordinal).Replace("\"", "%22", StringComparison.Ordinal);
        return new("Records in Kibana", $"${{{KibanaVariable}}}/app/discover#/?_g=(time:(from:'${{__from:date:iso}}',to:'${{__to:date:iso}}'))"
            + $"&_a=(index:'{DataView}',query:(language:kuery,query:'{escaped}'))");
    }

    /// <summary>A label of a charted series.</summary>
    public static string Label(string name) => $"${{__field.labels.{name}:percentencode}}";

    /// <summary>A column of the same row of a table.</summary>
    public static string Cell(string column) => $"${{__data.fields.{column}:percentencode}}";
}
