namespace SFlow.Exporter.Pipeline.Filters;

/// <summary>A name as a filter writes it: <c>*</c> is any text, <c>-</c> alone a missing name, case does not matter.</summary>
internal readonly record struct TextPattern(string Text)
{
    public const string Missing = "-";

    public bool Matches(string? name)
    {
        if (string.IsNullOrEmpty(name)) return Text == Missing;
        return Text != Missing && IsLike(name);
    }

    private bool IsLike(ReadOnlySpan<char> name)
    {
        // After a star, the shortest text that lets the rest match is tried first; only the last star needs to be tried again.
        int at = 0, star = -1, resume = 0;
        for (int next = 0; next < name.Length;)
        {
            if (at < Text.Length && Text[at] == '*') (star, resume) = (at++, next);
            else if (at < Text.Length && char.ToUpperInvariant(Text[at]) == char.ToUpperInvariant(name[next])) (at, next) = (at + 1, next + 1);
            else if (star >= 0) (at, next) = (star + 1, ++resume);
            else return false;
        }
        while (at < Text.Length && Text[at] == '*') at++;
        return at == Text.Length;
    }
}
