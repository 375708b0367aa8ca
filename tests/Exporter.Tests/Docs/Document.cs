using System.Text.RegularExpressions;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Docs;

/// <summary>A Markdown file of the repository.</summary>
/// <param name="Name">Path below the root of the repository.</param>
/// <param name="Text">The file as it is.</param>
internal sealed partial record Document(string Name, string Text)
{
    private static readonly string[] folders = ["docs", "bench", "deploy", "grafana", "kibana", "lab", "tests/captures", ".github"];

    public static IReadOnlyList<Document> All { get; } = [.. Find()];

    /// <summary>The text without code blocks and inline code.</summary>
    public string Prose => CodeSpan().Replace(CodeBlock().Replace(Text, ""), "");

    /// <summary>Inline code, without its backticks.</summary>
    public IEnumerable<string> Code => CodeSpan().Matches(CodeBlock().Replace(Text, "")).Select(match => match.Value.Trim('`'));

    /// <summary>Targets of links, with their anchors.</summary>
    public IEnumerable<string> Links => Link().Matches(CodeBlock().Replace(Text, "")).Select(match => match.Groups["target"].Value);

    /// <summary>Anchors that links may use, as GitHub makes them from headings.</summary>
    public IEnumerable<string> Anchors => Heading().Matches(Text).Select(match =>
        string.Concat(match.Groups["title"].Value.ToLowerInvariant().Replace(' ', '-').Where(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_')));

    private static IEnumerable<Document> Find()
    {
        string root = SharedFolder.Repository;
        IEnumerable<string> files = System.IO.Directory.EnumerateFiles(root, "*.md").Concat(folders.Select(folder => Path.Combine(root, folder))
            .Where(System.IO.Directory.Exists).SelectMany(folder => System.IO.Directory.EnumerateFiles(folder, "*.md", SearchOption.AllDirectories)));
        return files.Order(StringComparer.Ordinal).Select(file => new Document(Path.GetRelativePath(root, file), File.ReadAllText(file)));
    }

    [GeneratedRegex("^```.*?^```|^ {4,}.*?$", RegexOptions.Multiline | RegexOptions.Singleline, 10_000)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("`[^`\n]+`", RegexOptions.None, 10_000)]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.None, 10_000)]
    private static partial Regex Link();

    [GeneratedRegex("^#+ +(?<title>.*?) *$", RegexOptions.Multiline, 10_000)]
    private static partial Regex Heading();
}
