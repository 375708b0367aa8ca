using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.History;

/// <summary>What was counted in a minute or a part of it, with the keys of this process.</summary>
internal sealed class HistoryMinute
{
    /// <summary>Start of the minute, in seconds of Unix time.</summary>
    public required long Start { get; init; }

    /// <summary>Until when it was counted, in seconds of Unix time.</summary>
    public required long Ended { get; init; }

    public required long CoveredMilliseconds { get; init; }

    /// <summary>Rows by <see cref="HistoryKey"/>.</summary>
    public required IReadOnlyList<(ulong Key, HistorySums Sums)> Rows { get; init; }

    /// <summary>What the family counted in its remainder.</summary>
    public HistorySums Unnamed { get; init; }

    /// <summary>Whether it says nothing, not even that there was no sample.</summary>
    public bool IsEmpty => CoveredMilliseconds == 0 && Rows.Count == 0 && Unnamed.Samples == 0;

    /// <summary>Takes the growth of a family: its rows, and the two slots of its remainder.</summary>
    public static (List<(ulong Key, HistorySums Sums)> Rows, HistorySums Unnamed) Growth(FamilyReading before, FamilyReading now)
    {
        FamilyGrowth growth = new(before, now);
        List<(ulong, HistorySums)> rows = [];
        HistorySums unnamed = default;
        for (int slot = 0; slot < now.Slots; slot++)
        {
            FlowTotals grown = growth[slot];
            if (grown.Samples == 0) continue;
            HistorySums sums = HistorySums.Of(grown);
            if (slot is FamilyReading.OtherSlot or FamilyReading.FormerSlot) unnamed.Add(sums);
            else rows.Add((now.Row(slot)!.Key, sums));
        }
        return (rows, unnamed);
    }
}
