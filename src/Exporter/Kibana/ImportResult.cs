namespace SFlow.Exporter.Kibana;

/// <summary>What became of an import.</summary>
/// <param name="Imported">Objects that the server now has.</param>
/// <param name="Kept">Titles of objects that were there already, and were not replaced.</param>
/// <param name="Problem">Why it failed, in words for people; empty if it did not.</param>
internal sealed record ImportResult(int Imported, IReadOnlyList<string> Kept, string Problem)
{
    /// <summary>Most objects that a text names.</summary>
    private const int Named = 5;

    public bool Succeeded => Problem.Length == 0;

    public static ImportResult Failed(string problem) => new(0, [], problem);

    public override string ToString()
    {
        if (!Succeeded) return Problem;
        string kept = Kept.Count == 0 ? "" : $" {Kept.Count} were there already and were not replaced: {List(Kept)}.";
        return $"{Imported} saved objects were imported.{kept}";
    }

    /// <summary>The first few of many.</summary>
    public static string List(IReadOnlyList<string> titles) =>
        titles.Count <= Named ? string.Join(", ", titles) : $"{string.Join(", ", titles.Take(Named))} and {titles.Count - Named} more";
}
