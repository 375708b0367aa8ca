namespace SFlow.Exporter.Pipeline;

/// <summary>Finds the most similar name for a mistyped one.</summary>
internal static class Nearest
{
    /// <summary>Maximum compared characters, because input may be long.</summary>
    private const int LongestWord = 64;

    /// <summary>The candidate with the fewest edits, case-insensitive.</summary>
    public static string To(string word, IEnumerable<string> candidates)
    {
        string known = word[..Math.Min(word.Length, LongestWord)].ToUpperInvariant();
        return candidates.MinBy(candidate => Distance(known, candidate.ToUpperInvariant())) ?? "";
    }

    /// <summary>Insertions, deletions and substitutions between two texts.</summary>
    private static int Distance(string from, string to)
    {
        int[] row = [.. Enumerable.Range(0, to.Length + 1)];
        for (int i = 1; i <= from.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.Length; j++)
            {
                int above = row[j];
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (from[i - 1] == to[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }
        return row[^1];
    }
}
