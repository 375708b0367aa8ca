namespace SFlow.Exporter.Elasticsearch.Setup;

/// <summary>A step of the setup that failed.</summary>
internal sealed class StepException(string step, SearchResponse answer, string? advice = null)
    : Exception($"{step}: {answer}{(advice is null ? "" : $". {advice}")}{answer.Excerpt}")
{
    public SearchResponse SearchResponse => answer;
}
