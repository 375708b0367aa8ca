using System.Text;

namespace SFlow.Exporter.Commands;

/// <summary>Text in lines of at most <see cref="Width"/> columns: paragraphs, and rows of a name and its description.</summary>
internal sealed class HelpLines
{
    public const int Width = 80;

    /// <summary>Column of the descriptions. A name that reaches it has a line of its own.</summary>
    private const int Column = 28;

    private readonly StringBuilder text = new();

    public void Paragraph(string words)
    {
        if (text.Length > 0) text.Append('\n');
        foreach (string line in Wrap(words, Width)) text.Append(line).Append('\n');
    }

    public void Rows(string title, IEnumerable<(string Name, string Text)> rows)
    {
        Paragraph(title);
        foreach ((string name, string description) in rows)
        {
            string label = "  " + name;
            foreach (string line in Wrap(description, Width - Column))
            {
                if (label.Length > Column - 2)
                {
                    text.Append(label).Append('\n');
                    label = "";
                }
                text.Append(label.PadRight(Column)).Append(line).Append('\n');
                label = "";
            }
        }
    }

    public override string ToString() => text.ToString();

    private static IEnumerable<string> Wrap(string words, int width)
    {
        StringBuilder line = new();
        foreach (string word in words.Split(' ').SelectMany(word => Pieces(word, width)))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }
            if (line.Length > 0) line.Append(' ');
            line.Append(word);
        }
        yield return line.ToString();
    }

    /// <summary>A word that is longer than a line breaks after its last comma there.</summary>
    private static IEnumerable<string> Pieces(string word, int width)
    {
        while (word.Length > width)
        {
            int comma = word.LastIndexOf(',', width - 1);
            int end = comma > 0 ? comma + 1 : width;
            yield return word[..end];
            word = word[end..];
        }
        yield return word;
    }
}
