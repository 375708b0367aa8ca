namespace SFlow.Exporter.Store.Blocks;

/// <summary>What the table <c>block</c> says of one block.</summary>
/// <param name="First">Position of its first row.</param>
/// <param name="Last">Position of its last row when it was written, which is its key.</param>
/// <param name="Rows">Rows that it holds.</param>
/// <param name="Oldest">Time of its oldest row, in nanoseconds of Unix time.</param>
/// <param name="Newest">Time of its newest row.</param>
internal readonly record struct Block(long First, long Last, int Rows, long Oldest, long Newest)
{
    /// <summary>The columns that <see cref="Read"/> takes, in its order.</summary>
    public const string Columns = "block.first_position, block.last_position, block.rows, block.oldest, block.newest";

    /// <summary>Reads it from the first columns of a row.</summary>
    public static Block Read(Statement row) => new(row.Number(0), row.Number(1), (int)row.Number(2), row.Number(3), row.Number(4));
}
