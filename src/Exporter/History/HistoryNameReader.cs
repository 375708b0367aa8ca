using Microsoft.Data.Sqlite;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Store;

namespace SFlow.Exporter.History;

/// <summary>Reads the tables of names.</summary>
internal static class HistoryNameReader
{
    public static HistoryNames Read(SqliteConnection connection) => new(
        All(connection, "history_host", HistorySchema.HostColumns, row => new FlowEndpoint
        {
            Id = (int)row.Number(0),
            Kind = (EndpointKind)row.Number(1),
            Label = row.Text(2) ?? ReservedLabels.Unknown,
            OwnerKind = row.Text(3),
            OwnerName = row.Text(4),
            NodeName = row.Text(5),
            Zone = row.Text(6),
            Region = row.Text(7),
            Network = row.Text(8),
        }),
        All(connection, "history_service", "name", row => row.Text(1)));

    /// <summary>A table by id. Ids that a damaged file could have beyond all bounds are left out.</summary>
    private static T?[] All<T>(SqliteConnection connection, string table, string columns, Func<Statement, T?> read) where T : class
    {
        T?[] all = new T?[Math.Clamp(1 + Statement.Number(connection, $"SELECT max(id) FROM {table}"), 1, 1 << 22)];
        using Statement select = new(connection, $"SELECT id, {columns} FROM {table}");
        while (select.Step())
            if (select.Number(0) is > 0 and var id && id < all.Length) all[id] = read(select);
        return all;
    }
}
