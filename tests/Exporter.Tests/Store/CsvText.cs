using System.Text;

namespace SFlow.Exporter.Tests.Store;

/// <summary>A reader of RFC 4180, letter by letter, to judge what the program writes.</summary>
internal static class CsvText
{
    public static List<List<string>> Parse(string text)
    {
        List<List<string>> rows = [];
        List<string> row = [];
        StringBuilder cell = new();
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            char letter = text[i];
            if (quoted)
            {
                if (letter != '"') cell.Append(letter);
                else if (i + 1 < text.Length && text[i + 1] == '"') cell.Append(text[++i]);
                else quoted = false;
            }
            else if (letter == '"')
            {
                Assert.Equal(0, cell.Length);
                quoted = true;
            }
            else if (letter == ',') EndCell();
            else if (letter == '\r')
            {
                Assert.Equal('\n', text[++i]);
                EndCell();
                rows.Add(row);
                row = [];
            }
            else
            {
                Assert.NotEqual('\n', letter);
                cell.Append(letter);
            }
        }
        Assert.False(quoted);
        Assert.Empty(row);
        return rows;

        void EndCell()
        {
            row.Add(cell.ToString());
            cell.Clear();
        }
    }
}
