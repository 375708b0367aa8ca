using Microsoft.Data.Sqlite;
using SFlow.Exporter.Store.Blocks;

namespace SFlow.Exporter.Store;

/// <summary>What a file turned out to be.</summary>
internal enum SchemaState
{
    Current,
    Fresh,

    /// <summary>Version 3, one row a record: it is converted (<see cref="StoreConversion"/>).</summary>
    RowPerRecord,

    /// <summary>A version that is not read any more.</summary>
    Older,
}

/// <summary>The tables of the store and their version, which is kept in <c>PRAGMA user_version</c>.</summary>
internal static class StoreSchema
{
    public const int Version = 4;

    /// <summary>Marks the file as ours in its header ("sFlw").</summary>
    public const int ApplicationId = 0x73466C77;

    /// <summary>Tables of names: records refer to them by id, 0 being no name.</summary>
    private const string Names =
        """
        CREATE TABLE agent (id INTEGER PRIMARY KEY, address BLOB NOT NULL, sub_agent_id INTEGER NOT NULL, node TEXT NOT NULL,
          used_until INTEGER NOT NULL, UNIQUE (address, sub_agent_id, node));
        CREATE TABLE endpoint (id INTEGER PRIMARY KEY, kind INTEGER NOT NULL,
          label TEXT NOT NULL, namespace TEXT NOT NULL, name TEXT NOT NULL,
          owner_kind TEXT NOT NULL, owner_name TEXT NOT NULL, node TEXT NOT NULL, zone TEXT NOT NULL, region TEXT NOT NULL, network TEXT NOT NULL,
          used_until INTEGER NOT NULL, UNIQUE (kind, label, namespace, name, owner_kind, owner_name, node, zone, region, network));
        CREATE TABLE service (id INTEGER PRIMARY KEY, name TEXT NOT NULL, used_until INTEGER NOT NULL, UNIQUE (name));
        """;

    /// <summary>Tables of the records; a block's key is the position of its last one.</summary>
    public static readonly string Blocks =
        $"""
        CREATE TABLE IF NOT EXISTS block (last_position INTEGER PRIMARY KEY AUTOINCREMENT, first_position INTEGER NOT NULL,
          rows INTEGER NOT NULL, oldest INTEGER NOT NULL, newest INTEGER NOT NULL);
        {string.Join("\n", BlockTable.Parts.Select(part => $"CREATE TABLE IF NOT EXISTS {BlockTable.Name(part)} (last_position INTEGER PRIMARY KEY, data BLOB NOT NULL);"))}
        """;

    /// <summary>Judges the file that <paramref name="connection"/> has open.</summary>
    /// <exception cref="StoreUnavailableException">A newer version wrote it, or it is no store of ours.</exception>
    public static SchemaState Judge(SqliteConnection connection)
    {
        long application = Statement.Number(connection, "PRAGMA application_id");
        long version = Statement.Number(connection, "PRAGMA user_version");
        if (application == 0 && Statement.Number(connection, "SELECT count(*) FROM sqlite_schema") == 0) return SchemaState.Fresh;
        if (application != ApplicationId)
            throw new StoreUnavailableException(
                $"{connection.DataSource} is an SQLite file, but no store of this program. "
                + "Move it away, or name another folder by --data.");
        if (version > Version)
            throw new StoreUnavailableException(
                $"{connection.DataSource} has schema version {version}, "
                + $"written by a newer release; this one knows versions up to {Version}. "
                + "Run that release or a later one, name another folder by --data, or move the file away to begin a new store.");
        return version switch
        {
            Version => SchemaState.Current,
            StoreConversion.FromVersion => SchemaState.RowPerRecord,
            _ => SchemaState.Older,
        };
    }

    public static void Create(SqliteConnection connection) => Statement.Run(connection,
        $"""
        BEGIN IMMEDIATE;
        {Names}
        {Blocks}
        PRAGMA application_id = {ApplicationId};
        PRAGMA user_version = {Version};
        COMMIT;
        """);
}
