namespace SFlow.Exporter.Ship;

/// <summary>A step of the setup that failed.</summary>
internal sealed class StepException(string step, Answer answer, string? advice = null)
    : Exception($"{step}: {answer}{(advice is null ? "" : $". {advice}")}{answer.Excerpt}")
{
    public Answer Answer => answer;
}
