using Prometheus;

namespace SFlow.Exporter.Metrics;

/// <summary>One column of a <see cref="SeriesTable{TKey}"/>: a metric, with values for the labels that the row does not have.</summary>
internal sealed class SeriesColumn(MetricCreator metrics, MetricDefinition definition, params string[] more)
{
    private readonly Counter? counter = definition.Type == MetricType.Counter ? metrics.Counter(definition) : null;
    private readonly Gauge? gauge = definition.Type == MetricType.Gauge ? metrics.Gauge(definition) : null;

    /// <summary>Sets the value of one row, and makes its series with the first value.</summary>
    /// <param name="child">The series; null before the first value.</param>
    /// <param name="labels">Label values of the row.</param>
    /// <param name="value">A counter never gets a lower value than before.</param>
    /// <param name="zero">Learns of a new counter; null if its series continues another one.</param>
    public void Set(ref ChildBase? child, string[] labels, double value, ZeroInitialization? zero)
    {
        if (gauge is not null) ((Gauge.Child)(child ??= gauge.WithLabels([.. labels, .. more]))).Set(value);
        else
        {
            if (child is null)
            {
                child = counter!.WithLabels([.. labels, .. more]);
                zero?.Add(definition, [.. labels, .. more]);
            }
            ((Counter.Child)child).IncTo(value);
        }
    }
}

/// <summary>
/// Rows of series that come and go. A row has common label values and a series a column, from the first value on. Rows that were not set between
/// <see cref="Begin"/> and <see cref="End"/> lose their series.
/// </summary>
internal sealed class SeriesTable<TKey>(SeriesColumn[] columns) where TKey : class
{
    private readonly Dictionary<TKey, Row> rows = [];
    private readonly List<(TKey Key, Row Row, double?[] Values)> born = [];
    private int round;

    public void Begin() => round++;

    /// <summary>Sets the values of one row.</summary>
    /// <param name="key">What the row is about.</param>
    /// <param name="version">Another number means other label values: the row's series are replaced.</param>
    /// <param name="labels">Makes the label values.</param>
    /// <param name="values">A value a column; null for none.</param>
    /// <param name="zero">Learns of new counters; null if they did not start at zero.</param>
    public void Set(TKey key, long version, Func<string[]> labels, ReadOnlySpan<double?> values, ZeroInitialization? zero)
    {
        if (rows.TryGetValue(key, out Row? row) && row.Version == version)
        {
            row.Round = round;
            Set(row, values);
            return;
        }
        row?.Remove();
        rows.Remove(key);
        born.Add((key, new Row(labels(), version, columns.Length, row is null ? zero : null) { Round = round }, values.ToArray()));
    }

    /// <summary>Old rows leave before new ones come, because an interface or agent that returned has the labels that it had.</summary>
    public void End()
    {
        foreach ((TKey key, Row row) in rows)
        {
            if (row.Round == round) continue;
            row.Remove();
            rows.Remove(key);
        }
        foreach ((TKey key, Row row, double?[] values) in born)
        {
            rows.Add(key, row);
            Set(row, values);
        }
        born.Clear();
    }

    private void Set(Row row, ReadOnlySpan<double?> values)
    {
        for (int i = 0; i < columns.Length; i++)
        {
            if (values[i] is { } value) columns[i].Set(ref row.Series[i], row.Labels, value, row.Zero);
            else row.Remove(i);
        }
    }

    private sealed class Row(string[] labels, long version, int columns, ZeroInitialization? zero)
    {
        public string[] Labels => labels;
        public long Version => version;
        public ZeroInitialization? Zero => zero;
        public int Round { get; set; }
        public ChildBase?[] Series { get; } = new ChildBase?[columns];

        public void Remove(int column)
        {
            Series[column]?.Remove();
            Series[column] = null;
        }

        public void Remove()
        {
            for (int i = 0; i < Series.Length; i++) Remove(i);
        }
    }
}
