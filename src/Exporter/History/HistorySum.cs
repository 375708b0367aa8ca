using System.Runtime.InteropServices;

namespace SFlow.Exporter.History;

/// <summary>Adds blocks up to one of a longer window. The lightest rows above the maximum become a part of what has no row.</summary>
internal sealed class HistorySum(long start, int maximumRows)
{
    private readonly Dictionary<(int Source, int Destination, int Service, bool IsNodePort), HistorySums> rows = [];
    private readonly HistoryBlock sum = new() { Start = start };

    public void Add(HistoryBlock block)
    {
        sum.Ended = Math.Max(sum.Ended, block.Ended);
        sum.CoveredMilliseconds += block.CoveredMilliseconds;
        sum.Unnamed.Add(block.Unnamed);
        foreach (ref readonly HistoryRow row in block.Rows.AsSpan())
            CollectionsMarshal.GetValueRefOrAddDefault(rows, (row.Source, row.Destination, row.Service, row.IsNodePort), out _).Add(row.Sums);
    }

    public HistoryBlock Block()
    {
        HistoryRow[] all = [.. rows.Select(row => new HistoryRow
        {
            Source = row.Key.Source, Destination = row.Key.Destination, Service = row.Key.Service, IsNodePort = row.Key.IsNodePort, Sums = row.Value,
        })];
        if (all.Length > maximumRows)
        {
            Array.Sort(all, static (one, other) => other.Sums.Bytes.CompareTo(one.Sums.Bytes));
            foreach (ref readonly HistoryRow light in all.AsSpan(maximumRows)) sum.Unnamed.Add(light.Sums);
            all = all[..maximumRows];
        }
        sum.Rows = all;
        return sum;
    }
}
