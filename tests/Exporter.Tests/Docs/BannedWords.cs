using System.Text.RegularExpressions;

namespace SFlow.Exporter.Tests.Docs;

/// <summary>Words and phrases that readers had to decode. Each has a plain one, which the message names.</summary>
internal static partial class BannedWords
{
    private static readonly Dictionary<string, string> plain = new(StringComparer.OrdinalIgnoreCase)
    {
        ["told"] = "shown, reported", ["tells"] = "shows, reports", ["stands"] = "is", ["held against"] = "compared with", ["in force"] = "loaded, current",
        ["reckoned"] = "computed", ["nobody"] = "no one by name, or the actor", ["no talk"] = "outside a conversation", ["ends"] = "hosts, source and destination; stops",
        ["kin"] = "related", ["maker"] = "author", ["asked of"] = "requested from", ["drawn"] = "sampled", ["likely end"] = "likely server",
    };

    /// <summary>The banned words in a text, each with its plain replacement. Code is not part of the text.</summary>
    public static IEnumerable<string> In(string text) =>
        Banned().Matches(text).Select(match => $"\"{match.Value}\" (write: {plain[Blanks().Replace(match.Value, " ")]})");

    [GeneratedRegex(@"(?<![\w-])(told|tells|stands|held\s+against|in\s+force|reckoned|nobody|no\s+talk|ends|kin|maker|asked\s+of|drawn|likely\s+end)(?![\w-])", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Banned();

    [GeneratedRegex(@"\s+", RegexOptions.None, 10_000)]
    private static partial Regex Blanks();
}
