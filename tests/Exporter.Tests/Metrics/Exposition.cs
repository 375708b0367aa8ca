using System.Globalization;
using System.Text;

namespace SFlow.Exporter.Tests.Metrics;

/// <summary>The text exposition format, read by the test's own small parser.</summary>
internal sealed class Exposition
{
    public required string Text { get; init; }
    public Dictionary<string, string> Types { get; } = [];
    public Dictionary<string, string> Helps { get; } = [];
    public List<(string Name, Dictionary<string, string> Labels, double Value)> Samples { get; } = [];

    /// <summary>The value of the one sample of that name and (at least) those labels; null when there is none.</summary>
    public double? this[string name, params (string Label, string Value)[] labels] =>
        All(name, labels) switch { [] => null, [double only] => only, _ => throw new InvalidOperationException($"several {name}") };

    public List<double> All(string name, params (string Label, string Value)[] labels) =>
        [.. Samples.Where(sample => sample.Name == name && labels.All(label => sample.Labels.GetValueOrDefault(label.Label) == label.Value)).Select(sample => sample.Value)];

    public static Exposition Parse(string text)
    {
        Exposition read = new() { Text = text };
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal)) read.Types.Add(line.Split(' ')[2], line.Split(' ')[3]);
            else if (line.StartsWith("# HELP ", StringComparison.Ordinal)) read.Helps.Add(line.Split(' ')[2], line.Split(' ', 4)[3]);
            else if (!line.StartsWith('#')) read.Samples.Add(Sample(line));
        }
        return read;
    }

    private static (string, Dictionary<string, string>, double) Sample(string line)
    {
        int at = line.IndexOfAny(['{', ' ']);
        string name = line[..at];
        Dictionary<string, string> labels = [];
        if (line[at] == '{')
        {
            at++;
            while (line[at] != '}')
            {
                int equals = line.IndexOf('=', at);
                string label = line[at..equals];
                StringBuilder value = new();
                for (at = equals + 2; line[at] != '"'; at++)
                    value.Append(line[at] != '\\' ? line[at] : line[++at] == 'n' ? '\n' : line[at]);
                labels.Add(label, value.ToString());
                at++;
                if (line[at] == ',') at++;
            }
            at++;
        }
        return (name, labels, double.Parse(line[at..].Trim(), CultureInfo.InvariantCulture));
    }
}
