namespace SFlow.Dashboards.Kibana.Vega;

/// <summary>
/// A sum over samples with its 95 % interval, by the formulas of the metrics (docs/adr/0008): a sample of rate r and estimate e adds e² (1 - 1/r) to the
/// variance V of the sum T, which lies in T (1 ± x), x = exp(1.96 √V / T) - 1. The largest rate is used for all, so that the error is never too small for
/// agents of different rates. Segments of one large TCP packet count as samples of their own, which only the metrics can put together. A document that
/// combines records has their number and the variance of their bytes; that of their packets is at most their sum times r - 1.
/// </summary>
internal static class SampledSum
{
    /// <summary>Below so many samples there is no interval.</summary>
    private const int Fewest = 30;

    private static readonly string combinedSamples = RecordField.Of("sflow.rollup.samples"), combinedVariance = RecordField.Of("sflow.rollup.bytes_variance");

    public static string Aggregations(string field) => $$"""
        "amount": { "extended_stats": { "field": "{{field}}" } }, "rate": { "max": { "field": "{{RecordField.Rate}}" } },
        "combined": {
          "filter": { "exists": { "field": "{{combinedSamples}}" } },
          "aggs": {
            "amount": { "extended_stats": { "field": "{{field}}" } },
            "samples": { "sum": { "field": "{{combinedSamples}}" } }, "variance": { "sum": { "field": "{{combinedVariance}}" } }
          }
        }
        """;

    /// <summary>Transforms of a bucket: its sum, and its error as a share of it, which is negative where too few samples give none.</summary>
    /// <param name="field">What is summed.</param>
    public static string Transforms(string field)
    {
        string combined = field == RecordField.Bytes ? "datum.combined.variance.value" : "(datum.rate.value - 1) * datum.combined.amount.sum";
        return $$"""
            { "type": "formula", "as": "sum", "expr": "datum.amount.sum" },
            { "type": "formula", "as": "samples", "expr": "datum.doc_count - datum.combined.doc_count + datum.combined.samples.value" },
            { "type": "formula", "as": "squares", "expr": "max(0, datum.amount.sum_of_squares - datum.combined.amount.sum_of_squares)" },
            { "type": "formula", "as": "deviation", "expr": "sqrt(max(0, (1 - 1 / max(1, datum.rate.value)) * datum.squares + {{combined}}))" },
            { "type": "formula", "as": "error", "expr": "datum.samples < {{Fewest}} ? -1 : exp(1.96 * datum.deviation / datum.sum) - 1" }
            """;
    }

    /// <summary>An expression of Vega that writes the error.</summary>
    public static string ErrorText => "(datum.error < 0 ? 'too few samples' : '± ' + format(datum.error, '.1%'))";
}
