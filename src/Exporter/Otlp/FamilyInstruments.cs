using System.Diagnostics.Metrics;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Otlp;

/// <summary>
/// The series of a family as observable counters. Prometheus makes the name <c>sflow_flow_bytes_total</c> of <c>sflow_flow_bytes</c> in bytes.
/// </summary>
/// <remarks>
/// The library sends a series for ever once it was there. So a series that moved to the remainder keeps its last value here, and the remainder is what
/// the others leave of the total: the sum is that of <c>/metrics</c>, and no counter jumps. When twice the family's limit of series was sent,
/// <see cref="Take"/> asks for a new beginning, which frees them.
/// </remarks>
internal sealed class FamilyInstruments(IFamily family)
{
    private sealed class Series(KeyValuePair<string, object?>[] attributes)
    {
        public KeyValuePair<string, object?>[] Attributes => attributes;
        /// <summary>What earlier rows with these labels had counted when they were last sent.</summary>
        public FlowTotals Former { get; set; }
        /// <summary>What the present row has counted.</summary>
        public FlowTotals Present { get; set; }
    }

    private readonly FamilyReading reading = new();
    private readonly Dictionary<string, Series> series = new(StringComparer.Ordinal);
    private (FamilyRow? Row, Series? Series)[] slots = [];
    private FlowTotals remainder;

    /// <summary>Maximum series that are sent of one column.</summary>
    public int Limit => (family.Limit * 2) + 1;

    public string Prefix => family.Name + "_";

    /// <summary>Reads the family for the next export.</summary>
    /// <returns>Whether there is no more room for series, so that instruments must be made anew.</returns>
    public bool Take()
    {
        family.Read(reading);
        bool full = series.Count + family.Limit > Limit;
        if (full) Forget();
        if (slots.Length < reading.Slots) Array.Resize(ref slots, Math.Max(reading.Slots, slots.Length * 2));
        for (int slot = 0; slot < reading.Slots; slot++) Follow(slot);
        remainder = reading.Total;
        foreach (Series one in series.Values) remainder = remainder.Less(one.Former + one.Present);
        return full;
    }

    /// <summary>Adds the counters of the family to a meter.</summary>
    public void AddTo(Meter meter)
    {
        foreach (FamilyColumn column in family.Columns)
        {
            string name = Prefix + column.Name;
            if (column.Figure is FlowFigure.BytesVariance or FlowFigure.PacketsVariance) meter.CreateObservableCounter(name, () => Observe(sums => sums[column.Figure]), null, column.Help);
            else meter.CreateObservableCounter(name, () => Observe(sums => Whole(sums, column.Figure)), UnitOf(column.Figure), column.Help);
        }
    }

    private void Follow(int slot)
    {
        FamilyRow? row = reading.Row(slot);
        if (row is { IsRemainder: true }) row = null;
        ref (FamilyRow? Row, Series? Series) known = ref slots[slot];
        if (!ReferenceEquals(row, known.Row))
        {
            if (known.Series is { } left) (left.Former, left.Present) = (left.Former + left.Present, default);
            known = row is null ? default : (row, Of(row));
        }
        if (known.Series is { } present) present.Present = reading[slot];
    }

    private Series Of(FamilyRow row)
    {
        string key = string.Join('\n', row.Values);
        if (!series.TryGetValue(key, out Series? found)) series.Add(key, found = new Series(Attributes(row.Values)));
        return found;
    }

    private void Forget()
    {
        series.Clear();
        Array.Clear(slots);
    }

    /// <summary>Units of the UCUM, as the OpenTelemetry specification asks.</summary>
    private static string UnitOf(FlowFigure figure) => figure switch { FlowFigure.Bytes => "By", FlowFigure.Packets => "{packet}", _ => "{sample}" };

    /// <summary>OTLP has whole numbers of 63 bits: 9 exabytes.</summary>
    private static long Whole(in FlowTotals sums, FlowFigure figure)
    {
        UInt128 value = figure switch { FlowFigure.Bytes => sums.Bytes, FlowFigure.Packets => sums.Packets, _ => sums.Samples };
        return value > long.MaxValue ? long.MaxValue : (long)value;
    }

    private IEnumerable<Measurement<T>> Observe<T>(Func<FlowTotals, T> value)
        where T : struct
    {
        yield return new Measurement<T>(value(remainder), Attributes([.. family.Labels.Select(_ => ReservedLabels.Other)]));
        foreach (Series one in series.Values) yield return new Measurement<T>(value(one.Former + one.Present), one.Attributes);
    }

    private KeyValuePair<string, object?>[] Attributes(string[] values) =>
        [.. family.Labels.Select((label, place) => new KeyValuePair<string, object?>(label, values[place]))];
}
