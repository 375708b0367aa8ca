namespace SFlow.Exporter.Pipeline;

/// <summary>
/// The rows of a family at one moment. Used again for the next reading, so a reader that keeps it allocates only when the family grows.
/// </summary>
internal sealed class FamilyReading
{
    /// <summary>The slots of the remainder: keys without a series, and what former series had counted.</summary>
    public const int OtherSlot = 0, FormerSlot = 1;

    private FamilyRow?[] rows = [];
    private FlowTotals[] sums = [];

    /// <summary>Slots that were read; some are empty. The same row keeps its slot for life.</summary>
    public int Slots { get; private set; }

    /// <summary>Slots with a row.</summary>
    public int Count { get; private set; }

    /// <summary>The row in a slot; null if the slot is empty.</summary>
    public FamilyRow? Row(int slot) => slot < Slots ? rows[slot] : null;

    /// <summary>The sums of a slot; zero if it is empty.</summary>
    public FlowTotals this[int slot] => slot < Slots ? sums[slot] : default;

    public FlowTotals Total
    {
        get
        {
            FlowTotals total = default;
            for (int slot = 0; slot < Slots; slot++) total += sums[slot];
            return total;
        }
    }

    /// <summary>The rows in use with their sums.</summary>
    public IEnumerable<(FamilyRow Row, FlowTotals Sums)> Rows()
    {
        for (int slot = 0; slot < Slots; slot++)
            if (rows[slot] is { } row) yield return (row, sums[slot]);
    }

    /// <summary>Begins a reading of so many slots. Returns their rows and sums, all empty.</summary>
    internal (Memory<FamilyRow?> Rows, Memory<FlowTotals> Sums) Begin(int slots)
    {
        if (rows.Length < slots)
        {
            int room = Math.Max(slots, rows.Length * 2);
            (rows, sums) = (new FamilyRow?[room], new FlowTotals[room]);
        }
        Array.Clear(rows);
        Array.Clear(sums);
        (Slots, Count) = (slots, 0);
        return (rows.AsMemory(0, slots), sums.AsMemory(0, slots));
    }

    /// <summary>Ends a reading.</summary>
    /// <param name="count">Slots with a row.</param>
    internal void End(int count) => Count = count;
}
