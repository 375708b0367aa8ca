namespace SFlow.Exporter.Pipeline;

/// <summary>What a family counted between two readings. The growth over all slots is the growth of the total.</summary>
internal readonly record struct FamilyGrowth(FamilyReading Before, FamilyReading Now)
{
    /// <summary>Growth of the row in a slot.</summary>
    public FlowTotals this[int slot]
    {
        get
        {
            FamilyRow? row = Now.Row(slot);
            // Nothing of a slot without a row has changed hands, so its sums are zero.
            if (row is null) return default;
            if (slot == FamilyReading.FormerSlot) return Now[slot].Less(Before[slot]).Less(Moved());
            return ReferenceEquals(row, Before.Row(slot)) ? Now[slot].Less(Before[slot]) : Now[slot];
        }
    }

    /// <summary>What the rows that lost their series in between had counted before.</summary>
    private FlowTotals Moved()
    {
        FlowTotals moved = default;
        for (int slot = FamilyReading.FormerSlot + 1; slot < Before.Slots; slot++)
            if (Before.Row(slot) is { } row && !ReferenceEquals(row, Now.Row(slot))) moved += Before[slot];
        return moved;
    }
}
