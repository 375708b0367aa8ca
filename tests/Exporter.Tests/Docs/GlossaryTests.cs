namespace SFlow.Exporter.Tests.Docs;

/// <summary>The glossary defines each term once.</summary>
public sealed class GlossaryTests
{
    private static readonly (string Term, string Meaning)[] rows = [.. Rows()];

    [Fact]
    public void Each_term_is_defined_once()
    {
        Assert.NotEmpty(rows);
        Assert.Empty(rows.GroupBy(row => row.Term, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [Theory]
    [InlineData("sample")]
    [InlineData("estimate")]
    [InlineData("confidence interval")]
    [InlineData("observation point")]
    [InlineData("host node")]
    [InlineData("peer")]
    [InlineData("family")]
    [InlineData("remainder")]
    [InlineData("calibration")]
    public void The_terms_of_help_texts_and_documents_are_defined(string term) => Assert.Contains(rows, row => row.Term == term);

    [Fact]
    public void A_meaning_is_made_of_sentences() =>
        Assert.All(rows, row => Assert.True(row.Meaning.Length > 10 && char.IsUpper(row.Meaning[0]) && row.Meaning.EndsWith('.'), row.Term));

    [Fact]
    public void No_other_document_has_a_table_of_terms() =>
        Assert.Single(Document.All, document => document.Text.Contains("| term |", StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<(string Term, string Meaning)> Rows()
    {
        Document glossary = Assert.Single(Document.All, document => document.Name == "docs/glossary.md");
        foreach (string line in glossary.Text.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)))
        {
            string[] cells = line.Split('|', StringSplitOptions.TrimEntries);
            Assert.Equal(4, cells.Length);
            if (cells[1] == "term") continue;
            foreach (string term in cells[1].Split(", ")) yield return (term, cells[2]);
        }
    }
}
