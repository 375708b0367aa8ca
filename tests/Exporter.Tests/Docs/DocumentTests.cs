using System.Globalization;
using System.Text.RegularExpressions;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Docs;

/// <summary>Documents use plain words, and what they refer to exists.</summary>
public sealed partial class DocumentTests(ITestOutputHelper output)
{
    private static readonly string[] roots = ["src", "tests", "bench", "deploy", "docs", "grafana", "kibana", "lab"];

    /// <summary>Names of other programs that look like a type.</summary>
    private static readonly string[] foreign = ["GitHub", "IlcInstructionSet"];

    [Fact]
    public void Documents_use_plain_words()
    {
        Assert.True(Document.All.Count > 20, $"only {Document.All.Count} documents found");
        Assert.Empty(Document.All.SelectMany(document => BannedWords.In(document.Prose).Select(word => $"{document.Name}: {word}")));
    }

    [Theory]
    [InlineData("It tells which agents stands\nin  force.", 3)]
    [InlineData("A front-ends and `tells`, kindly retold.", 0)]
    public void The_list_finds_whole_words_in_prose(string text, int found) => Assert.Equal(found, BannedWords.In(new Document("", text).Prose).Count());

    [Fact]
    public void A_readme_advertises_no_target_that_is_missed() =>
        Assert.All(Document.All.Where(document => Path.GetFileName(document.Name) == "README.md"), document => Assert.DoesNotContain("missed", document.Text, StringComparison.OrdinalIgnoreCase));

    [Fact]
    public void Links_inside_the_repository_lead_somewhere()
    {
        List<string> broken = [];
        int followed = 0;
        foreach (Document document in Document.All)
        {
            foreach (string link in document.Links.Where(link => !link.Contains("://", StringComparison.Ordinal)))
            {
                string[] parts = link.Split('#', 2);
                string file = parts[0].Length == 0 ? document.Name : Path.Combine(Path.GetDirectoryName(document.Name)!, parts[0]);
                string path = Path.GetFullPath(Path.Combine(SharedFolder.Repository, file));
                Document? target = Document.All.FirstOrDefault(other => Path.Combine(SharedFolder.Repository, other.Name) == path);
                if (!Path.Exists(path) || (parts.Length > 1 && target?.Anchors.Contains(parts[1]) == false)) broken.Add($"{document.Name}: {link}");
                followed++;
            }
        }
        output.WriteLine($"{followed} links followed");
        Assert.True(followed > 30);
        Assert.Empty(broken);
    }

    /// <summary>Paths in inline code, from the root of the repository, the document's folder, or below src/Exporter.</summary>
    [Fact]
    public void Files_that_documents_name_exist()
    {
        List<string> missing = [];
        int found = 0;
        foreach (Document document in Document.All.Where(document => document.Name != "CHANGELOG.md"))
        {
            foreach (string code in document.Code.Where(code => RepositoryPath().IsMatch(code) && (roots.Contains(code.Split('/')[0]) || StagePath().IsMatch(code))))
            {
                string[] places = [code, Path.Combine(Path.GetDirectoryName(document.Name)!, code), Path.Combine("src", "Exporter", code), Path.Combine("src", "Exporter", code + ".cs")];
                if (places.Any(place => Path.Exists(Path.Combine(SharedFolder.Repository, place)))) found++;
                else missing.Add($"{document.Name}: {code}");
            }
        }
        output.WriteLine($"{found} files found");
        Assert.True(found > 30);
        Assert.Empty(missing);
    }

    /// <summary>A renamed type or member must not live on in the documents.</summary>
    [Fact]
    public void Names_of_code_in_documents_exist()
    {
        HashSet<string> known = [.. foreign];
        foreach (string root in roots)
            foreach (string file in System.IO.Directory.EnumerateFiles(Path.Combine(SharedFolder.Repository, root), "*.*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) is ".cs" or ".yaml" or ".json"))
                known.UnionWith(CodeName().Matches(File.ReadAllText(file)).Select(match => match.Value));
        string[] named = [.. from document in Document.All from code in document.Code from Match match in CodeName().Matches(code) where match.Value == code && !known.Contains(code) select $"{document.Name}: {code}"];
        Assert.Empty(named);
    }

    [Fact]
    public void Each_decision_has_a_status_and_a_date()
    {
        Document[] decisions = [.. Document.All.Where(document => document.Name.StartsWith("docs/adr/", StringComparison.Ordinal))];
        Assert.NotEmpty(decisions);
        Assert.All(decisions, decision =>
        {
            Match head = DecisionHead().Match(decision.Text);
            Assert.True(head.Success, $"{decision.Name} does not begin with its number, title, status and date");
            Assert.Equal(int.Parse(Path.GetFileName(decision.Name)[..4], CultureInfo.InvariantCulture), int.Parse(head.Groups["number"].Value, CultureInfo.InvariantCulture));
            Assert.True(DateOnly.TryParseExact(head.Groups["date"].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _), decision.Name);
        });
    }

    [GeneratedRegex(@"^[\w.-]+(/[\w.-]+)+$", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex RepositoryPath();

    [GeneratedRegex(@"^[A-Z][a-z]+[A-Za-z]*/[A-Z][A-Za-z]+$", RegexOptions.None, 10_000)]
    private static partial Regex StagePath();

    [GeneratedRegex(@"\b([A-Z][a-z0-9]+){2,}\b", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex CodeName();

    [GeneratedRegex(@"\A# (?<number>\d+)\. [^\n]+\n\n- Status: (proposed|accepted|superseded by \[ADR \d+\]\([^)]+\))\n- Date: (?<date>\d{4}-\d\d-\d\d)\n", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex DecisionHead();
}
