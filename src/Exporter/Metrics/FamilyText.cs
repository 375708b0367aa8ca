using System.Globalization;
using System.Text;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Metrics;

/// <summary>
/// Writes the series of a family in the text formats of Prometheus and OpenMetrics. prometheus-net writes no created times, and has an object for each
/// value; here a series costs one array with its labels.
/// </summary>
internal sealed class FamilyText
{
    private struct Entry
    {
        public FamilyRow? Row;
        /// <summary>The labels as text, with braces and the space after them.</summary>
        public byte[] Labels;
        /// <summary>The first rendering that has the row.</summary>
        public long Rendering;
    }

    private readonly IFamily family;
    private readonly (FlowFigure Figure, byte[] Name, byte[] Header, byte[] OpenMetricsHeader, byte[]? CreatedName)[] columns;
    private readonly FamilyReading reading = new();
    private Entry[] entries = [];

    public FamilyText(IFamily family)
    {
        this.family = family;
        MetricDefinition[] definitions = MetricCatalogue.Of(family);
        columns = [.. definitions.Select((metric, at) => Column(metric, family.Columns[at]))];
    }

    /// <summary>Reads the family.</summary>
    /// <param name="rendering">Number of this rendering.</param>
    public void Take(long rendering)
    {
        family.Read(reading);
        if (entries.Length < reading.Slots) Array.Resize(ref entries, Math.Max(reading.Slots, entries.Length * 2));
        for (int slot = 0; slot < reading.Slots; slot++)
        {
            FamilyRow? row = reading.Row(slot);
            ref Entry entry = ref entries[slot];
            if (!ReferenceEquals(entry.Row, row)) entry = row is null ? default : new Entry { Row = row, Labels = LabelsOf(row), Rendering = rendering };
        }
    }

    /// <summary>Writes what was read.</summary>
    /// <param name="text">Destination.</param>
    /// <param name="openMetrics">Whether to write OpenMetrics, with created times of the bytes.</param>
    /// <param name="zero">Says which rows are young.</param>
    /// <param name="newValues">Gets the places of the values of young rows.</param>
    public void Write(MemoryStream text, bool openMetrics, ZeroInitialization zero, List<NewValue> newValues)
    {
        Span<byte> number = stackalloc byte[64];
        foreach ((FlowFigure figure, byte[] name, byte[] header, byte[] openMetricsHeader, byte[]? createdName) in columns)
        {
            text.Write(openMetrics ? openMetricsHeader : header);
            for (int slot = 0; slot < reading.Slots; slot++)
            {
                ref Entry entry = ref entries[slot];
                if (entry.Row is not { } row) continue;
                text.Write(name);
                text.Write(entry.Labels);
                int length = Format(reading[slot], figure, number);
                if (zero.IsYoung(row.BornNanoseconds)) newValues.Add(new NewValue((int)text.Length, length, entry.Rendering));
                text.Write(number[..length]);
                if (openMetrics && figure == FlowFigure.Bytes) ExemplarText.Write(text, family, slot, row);
                text.WriteByte((byte)'\n');
                if (!openMetrics || createdName is null || row.BornNanoseconds == 0) continue;
                text.Write(createdName);
                text.Write(entry.Labels);
                (row.BornNanoseconds / 1e9).TryFormat(number, out length, "F3", CultureInfo.InvariantCulture);
                text.Write(number[..length]);
                text.WriteByte((byte)'\n');
            }
        }
    }

    private static int Format(in FlowTotals totals, FlowFigure figure, Span<byte> number)
    {
        int length;
        switch (figure)
        {
            case FlowFigure.Bytes: totals.Bytes.TryFormat(number, out length, default, CultureInfo.InvariantCulture); break;
            case FlowFigure.Packets: totals.Packets.TryFormat(number, out length, default, CultureInfo.InvariantCulture); break;
            default: totals[figure].TryFormat(number, out length, "R", CultureInfo.InvariantCulture); break;
        }
        return length;
    }

    private static (FlowFigure, byte[], byte[], byte[], byte[]?) Column(MetricDefinition metric, FamilyColumn column)
    {
        string plain = metric.Name[..^"_total".Length], help = metric.Help.Replace("\\", "\\\\").Replace("\n", "\\n");
        string unit = column.Figure == FlowFigure.Bytes ? $"# UNIT {plain} bytes\n" : "";
        return (column.Figure, Encoding.UTF8.GetBytes(metric.Name),
            Encoding.UTF8.GetBytes($"# HELP {metric.Name} {help}\n# TYPE {metric.Name} counter\n"),
            Encoding.UTF8.GetBytes($"# HELP {plain} {help.Replace("\"", "\\\"")}\n# TYPE {plain} counter\n{unit}"),
            column.Figure == FlowFigure.Bytes ? Encoding.UTF8.GetBytes(plain + "_created") : null);
    }

    private byte[] LabelsOf(FamilyRow row)
    {
        StringBuilder text = new();
        for (int label = 0; label < family.Labels.Count; label++)
            text.Append(label == 0 ? '{' : ',').Append(family.Labels[label]).Append("=\"").Append(ZeroInitialization.Escape(row[label])).Append('"');
        return Encoding.UTF8.GetBytes(text.Append("} ").ToString());
    }
}
