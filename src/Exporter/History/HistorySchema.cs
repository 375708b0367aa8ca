using Microsoft.Data.Sqlite;
using SFlow.Exporter.Store;

namespace SFlow.Exporter.History;

/// <summary>
/// The tables of the history in the file of the store. Releases that do not know them leave them alone, so the version of the store stays the same.
/// A block is a part of a window; a window whose minutes were counted twice, because the clock was set back, has several. <c>folded</c> is 1 once
/// the next longer window contains it.
/// </summary>
internal static class HistorySchema
{
    public const string HostColumns = "kind, label, owner_kind, owner_name, node, zone, region, network";

    private const string Tables =
        $"""
        CREATE TABLE IF NOT EXISTS history_host (id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, label TEXT NOT NULL, owner_kind TEXT NOT NULL,
          owner_name TEXT NOT NULL, node TEXT NOT NULL, zone TEXT NOT NULL, region TEXT NOT NULL, network TEXT NOT NULL,
          UNIQUE ({HostColumns}));
        CREATE TABLE IF NOT EXISTS history_service (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
        CREATE TABLE IF NOT EXISTS history_block (id INTEGER PRIMARY KEY AUTOINCREMENT, resolution INTEGER NOT NULL, folded INTEGER NOT NULL,
          start INTEGER NOT NULL, ended INTEGER NOT NULL, covered INTEGER NOT NULL, data BLOB NOT NULL);
        CREATE INDEX IF NOT EXISTS history_block_start ON history_block (resolution, folded, start);
        """;

    public static void Create(SqliteConnection connection) => Statement.Run(connection, Tables);

    /// <summary>Whether anything was written yet.</summary>
    public static bool Exists(SqliteConnection connection) =>
        Statement.Number(connection, "SELECT count(*) FROM sqlite_schema WHERE name IN ('history_host', 'history_service', 'history_block')") == 3;
}
