using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Store.Blocks;

/// <summary>
/// Gathers records into blocks. What does not fill a block is written as a small one, so that a commit holds everything; once the small ones would fill
/// a block together, it replaces them. A row is so written twice at most.
/// </summary>
internal sealed class BlockWriter(BlockTable table, FlowNaming naming, long nextPosition)
{
    /// <summary>Rows of a full block: as many as a full batch has.</summary>
    public const int BlockRows = RecordQueue.BatchSize;

    private readonly BlockRow[] rows = new BlockRow[BlockRows];
    private readonly List<long> small = [];
    private int count, written;

    /// <summary>The position that the next record gets.</summary>
    public long NextPosition { get; private set; } = nextPosition;

    public void Add(in Flow record)
    {
        ref BlockRow row = ref rows[count++];
        row.Position = NextPosition;
        row.Flow = record;
        naming.Name(ref row.Flow, NextPosition++);
        if (count < BlockRows) return;
        foreach (long last in small) table.Delete(last);
        table.Insert(rows);
        Forget();
    }

    /// <summary>All records that were added are in the tables afterwards.</summary>
    public void Flush()
    {
        if (count == written) return;
        table.Insert(rows.AsSpan(written..count));
        small.Add(rows[count - 1].Position);
        written = count;
    }

    /// <summary>Rows up to <paramref name="position"/> were evicted: small blocks that lost some stay as they are.</summary>
    public void Evicted(long position)
    {
        if (count > 0 && position >= rows[0].Position) Forget();
    }

    private void Forget()
    {
        small.Clear();
        (count, written) = (0, 0);
    }
}
