using System.Diagnostics.Metrics;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Otlp;

/// <summary>
/// The series of a family as observable counters. Prometheus makes the name <c>sflow_flow_bytes_total</c> of <c>sflow_flow_bytes</c> in bytes.
/// </summary>
internal sealed class FamilyInstruments(IFamily family)
{
    private readonly FamilyReading reading = new();
    private (FamilyRow? Row, KeyValuePair<string, object?>[] Attributes)[] series = [];

    /// <summary>Instruments at most of this family's names: the limit of the library must hold all series.</summary>
    public int Limit => family.Limit;

    public string Prefix => family.Name + "_";

    /// <summary>Reads the family for the next export.</summary>
    /// <returns>Whether a series vanished. The library would go on to send its last value.</returns>
    public bool Take()
    {
        family.Read(reading);
        if (series.Length < reading.Slots) Array.Resize(ref series, Math.Max(reading.Slots, series.Length * 2));
        bool vanished = false;
        for (int slot = 0; slot < reading.Slots; slot++)
        {
            FamilyRow? row = reading.Row(slot), before = series[slot].Row;
            if (ReferenceEquals(row, before)) continue;
            vanished |= before is not null;
            series[slot] = row is null ? default : (row, Attributes(row));
        }
        return vanished;
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
        for (int slot = 0; slot < reading.Slots; slot++)
            if (series[slot].Row is not null) yield return new Measurement<T>(value(reading[slot]), series[slot].Attributes);
    }

    private KeyValuePair<string, object?>[] Attributes(FamilyRow row) =>
        [.. family.Labels.Select((label, place) => new KeyValuePair<string, object?>(label, row[place]))];
}
