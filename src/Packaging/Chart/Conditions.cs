namespace SFlow.Packaging.Chart;

/// <summary>Finds the condition under which the renderings of a set, and no others, have something.</summary>
internal sealed class Conditions
{
    private readonly List<(string Expression, long Renderings)> candidates = [];

    /// <param name="switches">What can be on.</param>
    /// <param name="combinations">What is on in each rendering.</param>
    public Conditions(IReadOnlyList<Switch> switches, IReadOnlyList<IReadOnlyList<Switch>> combinations)
    {
        (string Expression, long Renderings)[] on = [.. switches.Select(choice => (choice.Expression, Where(combination => combination.Contains(choice))))];
        (string Expression, long Renderings)[] off = [.. switches.Select(choice => ($"(not {choice.Expression})", Where(combination => !combination.Contains(choice))))];
        candidates.AddRange(on);
        candidates.AddRange(off);
        foreach (var first in on)
        {
            foreach (var second in on) candidates.Add(($"(or {first.Expression} {second.Expression})", first.Renderings | second.Renderings));
            foreach (var second in on.Concat(off)) candidates.Add(($"(and {first.Expression} {second.Expression})", first.Renderings & second.Renderings));
        }

        long Where(Func<IReadOnlyList<Switch>, bool> wanted) => combinations.Index().Where(pair => wanted(pair.Item)).Aggregate(0L, (bits, pair) => bits | 1L << pair.Index);
    }

    /// <param name="presence">The renderings that have it.</param>
    /// <param name="around">The renderings that have what is around it.</param>
    /// <returns>The simplest condition, as a template writes it; null if it is always there.</returns>
    /// <exception cref="PackagingException">No condition of at most two switches fits.</exception>
    public string? Of(long presence, long around)
    {
        if (presence == around) return null;
        string found = candidates.Find(candidate => (candidate.Renderings & around) == presence).Expression
            ?? throw new PackagingException($"No condition of two components says when something is there (set {presence:x} of {around:x}). Add a combination to Switches.cs, or make the component simpler.");
        return found[0] == '(' ? found[1..^1] : found;
    }
}
