using System.Globalization;
using System.Text;

namespace SFlow.Exporter.Pipeline;

/// <summary>Text from the wire or the cluster, made harmless for tables, terminals and logs; escaping is the format's own matter.</summary>
internal static class CleanText
{
    /// <summary>
    /// The text with control characters, formatting ones (those that turn the direction of writing among them)
    /// and broken surrogates as U+FFFD.
    /// </summary>
    public static string Of(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        if (Ascii.IsValid(text) && !text.AsSpan().ContainsAnyExceptInRange(' ', '~')) return text;
        StringBuilder clean = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes()) clean.Append((IsSafe(rune) ? rune : Rune.ReplacementChar).ToString());
        return clean.ToString();
    }

    /// <summary>The beginning of a text that somebody sent, for a message about it.</summary>
    public static string Beginning(string text) => Of(text.Length <= 64 ? text : text[..64] + "...");

    private static bool IsSafe(Rune rune) => Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
