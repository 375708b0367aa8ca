using Microsoft.Data.Sqlite;

namespace SFlow.Exporter.Store.Blocks;

/// <summary>Walks the blocks that can hold rows of a query's time, newest first.</summary>
internal sealed class BlockScan : IDisposable
{
    private const int DataColumn = 5;

    private readonly Statement blocks, selectRest, selectIdentity;
    private readonly NameReader names;
    private readonly long from, to;
    private readonly BlockRow[] row = new BlockRow[1];
    private bool open;

    /// <param name="connection">The reader's connection.</param>
    /// <param name="query">Its times are what counts here.</param>
    public BlockScan(SqliteConnection connection, SearchQuery query)
    {
        blocks = new(connection,
            $"""
            SELECT {Block.Columns}, data FROM block JOIN block_search USING (last_position)
            WHERE last_position <= ifnull((SELECT min(last_position) FROM block WHERE last_position >= ?1), ?1)
              AND first_position <= ?1 AND newest >= ?2 AND oldest < ?3
            ORDER BY last_position DESC
            """);
        selectRest = new(connection, BlockTable.Select(BlockPart.Rest));
        selectIdentity = new(connection, BlockTable.Select(BlockPart.Identity));
        names = new(connection);
        (from, to) = (query.From ?? long.MinValue, query.To ?? long.MaxValue);
    }

    /// <summary>The block at hand, after <see cref="Next"/>.</summary>
    public Block Current { get; private set; }

    /// <summary>Begins at the block that holds <paramref name="upper"/>, or the next older one.</summary>
    public void Start(long upper) => blocks.Bind(1, upper).Bind(2, from).Bind(3, to);

    public bool Next()
    {
        Close();
        if (!blocks.Step()) return false;
        Current = Block.Read(blocks);
        return true;
    }

    /// <summary>What searches compare, of the block at hand.</summary>
    public BlockView View() => new(BlockPart.Search, Current.Rows, blocks.Blob(DataColumn));

    /// <summary>One row of the block at hand; the other parts are read from the file with the first of them.</summary>
    public StoredFlow Read(in BlockView view, int index)
    {
        if (!open)
        {
            selectRest.Bind(1, Current.Last).Step();
            selectIdentity.Bind(1, Current.Last).Step();
            open = true;
        }
        view.Read(index, row);
        new BlockView(BlockPart.Rest, Current.Rows, selectRest.Blob(0)).Read(index, row);
        new BlockView(BlockPart.Identity, Current.Rows, selectIdentity.Blob(0)).Read(index, row);
        return names.Name(row[0]);
    }

    /// <summary>Lets go of the snapshot of the file.</summary>
    public void Stop()
    {
        Close();
        blocks.Reset();
    }

    public void Dispose()
    {
        blocks.Dispose();
        selectRest.Dispose();
        selectIdentity.Dispose();
        names.Dispose();
    }

    private void Close()
    {
        if (!open) return;
        selectRest.Reset();
        selectIdentity.Reset();
        open = false;
    }
}
