using Microsoft.Data.Sqlite;
using SFlow.Exporter.Http.Access;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Store;

/// <summary>Rows of the tables of names that a condition means, as a set indexed by id; empty when there are none.</summary>
internal static class NameIds
{
    /// <summary>Endpoints with a namespace label.</summary>
    public static bool[] Label(SqliteConnection connection, string label) => Ids(connection, "SELECT id FROM endpoint WHERE label = ?1", label);

    /// <summary>Endpoints of the namespaces that a viewer may see. One pass over the table, however many namespaces there are.</summary>
    public static bool[] Labels(SqliteConnection connection, Viewer viewer) => Ids(connection, "SELECT id, label FROM endpoint", row => viewer.Sees(row.Text(1)));

    /// <summary>Endpoints by the name of their owner or their own, or by "Kind/name".</summary>
    public static bool[] Workload(SqliteConnection connection, string workload)
    {
        int slash = workload.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0) return Ids(connection, "SELECT id FROM endpoint WHERE owner_name = ?1 OR name = ?1", workload);
        (string kind, string name) = (workload[..slash], workload[(slash + 1)..]);
        return Ids(connection,
            $"SELECT id FROM endpoint WHERE (owner_kind = ?2 COLLATE NOCASE AND owner_name = ?1) OR (kind = {EndpointKindOf(kind)} AND name = ?1)", name, kind);
    }

    /// <summary>A Service with its port's name, or all ports of one.</summary>
    public static bool[] Service(SqliteConnection connection, string service) =>
        Ids(connection, "SELECT id FROM service WHERE name = ?1 OR substr(name, 1, length(?1) + 1) = ?1 || ':'", service);

    public static bool[] ExactService(SqliteConnection connection, string service) => Ids(connection, "SELECT id FROM service WHERE name = ?1", service);

    private static bool[] Ids(SqliteConnection connection, string sql, params string[] values)
    {
        using Statement select = new(connection, sql);
        for (int i = 0; i < values.Length; i++) select.Bind(i + 1, values[i]);
        return Ids(select, _ => true);
    }

    private static bool[] Ids(SqliteConnection connection, string sql, Func<Statement, bool> wanted)
    {
        using Statement select = new(connection, sql);
        return Ids(select, wanted);
    }

    private static bool[] Ids(Statement select, Func<Statement, bool> wanted)
    {
        bool[] ids = [];
        while (select.Step())
        {
            if (!wanted(select)) continue;
            int id = (int)select.Number(0);
            if (id >= ids.Length) Array.Resize(ref ids, Math.Max(id + 1, ids.Length * 2));
            ids[id] = true;
        }
        return ids;
    }

    /// <summary>The number of an object's own kind (Pod, Service, Node), or one that no row has.</summary>
    private static int EndpointKindOf(string kind) =>
        kind.ToUpperInvariant() switch
        {
            "POD" => (int)EndpointKind.Pod,
            "SERVICE" => (int)EndpointKind.Service,
            "NODE" => (int)EndpointKind.Node,
            _ => -1,
        };
}
