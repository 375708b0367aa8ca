using Microsoft.Data.Sqlite;
using SFlow.Exporter.Store.Blocks;

namespace SFlow.Exporter.Store;

/// <summary>
/// Turns a store of schema version 3, which has a row a record, into blocks. Each step moves some thousand records in one transaction and frees as many
/// pages as it needs, so that it fits into the file, and goes on where it was when the process is ended in between.
/// </summary>
internal static class StoreConversion
{
    public const int FromVersion = 3;

    private const int BlocksPerStep = 8;

    /// <summary>Columns for which the row had an address of 16 bytes.</summary>
    private static readonly string[] Addresses = ["source_high", "source_low", "destination_high", "destination_low"];

    /// <summary>Columns that the row had under the same names.</summary>
    private static readonly BlockColumn[] Same = [.. BlockTable.Parts.SelectMany(BlockColumns.Of).Where(column => !Addresses.Contains(column.Name))];

    /// <summary>Converts the file that <paramref name="connection"/> has open; returns how many records it moved.</summary>
    /// <param name="connection">The writer's connection.</param>
    /// <param name="logBytes">Size of the log above which it is emptied.</param>
    public static long Run(SqliteConnection connection, long logBytes)
    {
        Statement.Run(connection, StoreSchema.Blocks);
        long moved = 0;
        using (BlockTable table = new(connection))
        using (Statement select = new(connection, $"SELECT source_address, destination_address, {string.Join(", ", Same.Select(column => column.Name))} FROM flow ORDER BY position LIMIT ?"))
        using (Statement delete = new(connection, "DELETE FROM flow WHERE position <= ?"))
        {
            BlockRow[] rows = new BlockRow[BlocksPerStep * BlockWriter.BlockRows];
            for (int count; (count = Read(select, rows)) > 0; moved += count)
            {
                Statement.Run(connection, "BEGIN IMMEDIATE");
                delete.Bind(1, rows[count - 1].Position).Run();
                for (int first = 0; first < count; first += BlockWriter.BlockRows)
                    table.Insert(rows.AsSpan(first..Math.Min(count, first + BlockWriter.BlockRows)));
                Statement.Run(connection, "COMMIT");
                if (new FileInfo(connection.DataSource + "-wal") is { Exists: true } log && log.Length > logBytes)
                    Statement.Run(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
            }
        }
        Statement.Run(connection,
            $"""
            BEGIN IMMEDIATE;
            DELETE FROM sqlite_sequence WHERE name = 'block';
            UPDATE sqlite_sequence SET name = 'block' WHERE name = 'flow';
            DROP TABLE flow;
            DROP TABLE span;
            PRAGMA user_version = {StoreSchema.Version};
            COMMIT;
            """);
        return moved;
    }

    private static int Read(Statement select, BlockRow[] rows)
    {
        int count = 0;
        select.Bind(1, rows.Length);
        while (select.Step())
        {
            ref BlockRow row = ref rows[count++];
            row = default;
            row.Flow.Source = ReadAddress(select, 0);
            row.Flow.Destination = ReadAddress(select, 1);
            for (int i = 0; i < Same.Length; i++) Same[i].Set(ref row, select.Number(2 + i));
        }
        return count;
    }

    private static Address ReadAddress(Statement row, int column) =>
        row.Blob(column) is { Length: 16 } bytes ? Address.FromIPv6(bytes) : Address.None;
}
