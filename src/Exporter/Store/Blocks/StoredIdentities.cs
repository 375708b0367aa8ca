using Microsoft.Data.Sqlite;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Store.Blocks;

/// <summary>
/// Which records are stored already, in memory: a duplicated datagram or a capture that is played again is stored once. It knows the newest
/// <see cref="Most"/> records of the store, read from the file before the first write. An index in the file would cost more than all the rest.
/// </summary>
internal sealed class StoredIdentities(SqliteConnection connection, int most = StoredIdentities.Most) : IDisposable
{
    /// <summary>Records that are known at most: 64 MiB of memory.</summary>
    public const int Most = 4 << 20;

    private readonly Statement newest = new(connection,
        "SELECT last_position, rows, data FROM block JOIN block_identity USING (last_position) ORDER BY last_position DESC");
    private readonly Statement oldest = new(connection,
        "SELECT last_position, rows, data FROM block JOIN block_identity USING (last_position) WHERE last_position > ? ORDER BY last_position LIMIT 1");

    private IdentitySet? known;

    /// <summary>Blocks up to this one are not known.</summary>
    private long unknown;

    /// <summary>Reads the file; only the first call does.</summary>
    public void Load()
    {
        if (known is not null) return;
        IdentitySet set = new();
        while (newest.Step())
        {
            unknown = newest.Number(0);
            if (set.Count >= most) break;
            ForEach(newest, set, static (set, high, low) => set.Add(high, low));
            unknown--;
        }
        newest.Reset();
        known = set;
    }

    /// <summary>False when the record is stored already.</summary>
    public bool Add(in Flow record) => known!.Add(record);

    /// <summary>A block is about to be deleted.</summary>
    public void Remove(in Block block)
    {
        if (known is null || block.Last <= unknown || !oldest.Bind(1, block.Last - 1).Step()) return;
        ForEach(oldest, known, static (set, high, low) => set.Remove(high, low));
        oldest.Reset();
    }

    /// <summary>A row of a block was deleted.</summary>
    public void Remove(in Block block, in Flow record)
    {
        if (block.Last > unknown) known?.Remove(record.IdHigh, record.IdLow);
    }

    /// <summary>Forgets the oldest records, when more are stored than may be known.</summary>
    public void Trim()
    {
        while (known!.Count > most && oldest.Bind(1, unknown).Step())
        {
            unknown = oldest.Number(0);
            ForEach(oldest, known, static (set, high, low) => set.Remove(high, low));
            oldest.Reset();
        }
    }

    public void Dispose()
    {
        newest.Dispose();
        oldest.Dispose();
    }

    private static void ForEach(Statement row, IdentitySet set, Action<IdentitySet, ulong, ulong> act)
    {
        BlockView view = new(BlockPart.Identity, (int)row.Number(1), row.Blob(2));
        ColumnView high = view[0], low = view[1];
        for (int i = 0; i < view.Rows; i++) act(set, (ulong)high[i], (ulong)low[i]);
    }
}
