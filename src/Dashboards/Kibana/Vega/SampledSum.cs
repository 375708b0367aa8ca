namespace SFlow.Dashboards.Kibana.Vega;

/// <summary>
/// A sum over samples with its 95 % interval, by the formulas of the metrics (docs/adr/0008): a sample of rate r and estimate e adds e² (1 - 1/r) to the
/// variance V of the sum T, which lies in T (1 ± x), x = exp(1.96 √V / T) - 1. The largest rate is used for all, so that the error is never too small for
/// agents of different rates. Segments of one large TCP packet count as samples of their own, which only the metrics can put together.
/// </summary>
internal static class SampledSum
{
    /// <summary>Below so many samples there is no interval.</summary>
    private const int Fewest = 30;

    public static string Aggregations(string field) => $$"""
        "amount": { "extended_stats": { "field": "{{field}}" } }, "rate": { "max": { "field": "{{RecordField.Rate}}" } }
        """;

    /// <summary>Transforms of a bucket: its sum, and its error as a share of it, which is negative where too few samples give none.</summary>
    /// <param name="bucket">Where the bucket is in the datum.</param>
    public static string Transforms(string bucket) => $$"""
        { "type": "formula", "as": "sum", "expr": "{{bucket}}.amount.sum" },
        { "type": "formula", "as": "samples", "expr": "{{bucket}}.doc_count" },
        { "type": "formula", "as": "deviation", "expr": "sqrt(max(0, (1 - 1 / max(1, {{bucket}}.rate.value)) * {{bucket}}.amount.sum_of_squares))" },
        { "type": "formula", "as": "error", "expr": "datum.samples < {{Fewest}} ? -1 : exp(1.96 * datum.deviation / datum.sum) - 1" }
        """;

    /// <summary>An expression of Vega that writes the error.</summary>
    public static string ErrorText => "(datum.error < 0 ? 'too few samples' : '± ' + format(datum.error, '.1%'))";
}
