namespace SFlow.Exporter.Record;

/// <summary>The word that was probably meant.</summary>
internal static class NearestWord
{
    private const int LongestWord = 64;

    /// <summary>The word that the fewest insertions, deletions and replacements of a letter turn <paramref name="text"/> into.</summary>
    public static string Of(string text, IEnumerable<string> words) =>
        words.MinBy(word => Distance(text.Length <= LongestWord ? text : text[..LongestWord], word))!;

    private static int Distance(string from, string to)
    {
        int[] row = [.. Enumerable.Range(0, to.Length + 1)];
        for (int i = 1; i <= from.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.Length; j++)
            {
                int replaced = diagonal + (char.ToLowerInvariant(from[i - 1]) == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
