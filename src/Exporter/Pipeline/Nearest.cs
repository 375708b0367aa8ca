namespace SFlow.Exporter.Pipeline;

/// <summary>Finds what somebody who mistyped a word meant.</summary>
internal static class Nearest
{
    /// <summary>A word may come from anybody: more of it than this is not compared.</summary>
    private const int LongestWord = 64;

    /// <summary>The candidate with the fewest edits to the word, letter case aside.</summary>
    public static string To(string word, IEnumerable<string> candidates)
    {
        string known = word[..Math.Min(word.Length, LongestWord)].ToUpperInvariant();
        return candidates.MinBy(candidate => Distance(known, candidate.ToUpperInvariant())) ?? "";
    }

    /// <summary>Insertions, deletions and substitutions that lead from one text to the other.</summary>
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
