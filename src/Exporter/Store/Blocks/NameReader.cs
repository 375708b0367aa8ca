using Microsoft.Data.Sqlite;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Store.Blocks;

/// <summary>Gives the rows that a search found their names back, each read once a search.</summary>
internal sealed class NameReader(SqliteConnection connection) : IDisposable
{
    private const string EndpointColumns = "kind, label, namespace, name, owner_kind, owner_name, node, zone, region, network";

    private static readonly FlowEndpoint Nothing = new() { Kind = EndpointKind.Unknown, Label = ReservedLabels.Unknown };

    private readonly Statement selectAgent = new(connection, "SELECT address, sub_agent_id, node FROM agent WHERE id = ?");
    private readonly Statement selectEndpoint = new(connection, $"SELECT {EndpointColumns} FROM endpoint WHERE id = ?");
    private readonly Statement selectService = new(connection, "SELECT name FROM service WHERE id = ?");
    private readonly Dictionary<int, (Address Address, uint SubAgent, string? Node)> agents = [];
    private readonly Dictionary<int, FlowEndpoint> endpoints = [];
    private readonly Dictionary<int, string?> services = [];

    /// <summary>The row as an answer shows it.</summary>
    public StoredFlow Name(in BlockRow row)
    {
        Flow flow = row.Flow;
        (flow.AgentAddress, flow.SubAgentId, string? node) = Agent(flow.Agent);
        return new StoredFlow(flow)
        {
            Position = row.Position,
            ObserverNode = node,
            Source = Endpoint(flow.SourceEndpoint),
            Destination = Endpoint(flow.DestinationEndpoint),
            SourceService = Service(flow.SourceService),
            DestinationService = Service(flow.DestinationService),
            ServerService = Service(flow.ServerService),
        };
    }

    /// <summary>All endpoints by id; null where there is none.</summary>
    public static FlowEndpoint?[] Endpoints(SqliteConnection connection) =>
        All(connection, "endpoint", EndpointColumns, row => ReadEndpoint(row, 1));

    /// <summary>All services by id; null where there is none.</summary>
    public static string?[] Services(SqliteConnection connection) => All(connection, "service", "name", row => row.Text(1));

    public void Dispose()
    {
        selectAgent.Dispose();
        selectEndpoint.Dispose();
        selectService.Dispose();
    }

    private (Address Address, uint SubAgent, string? Node) Agent(int id) => Find(agents, id, selectAgent, default,
        row => (row.Blob(0) is { Length: 16 } bytes ? Address.FromIPv6(bytes) : Address.None, (uint)row.Number(1), row.Text(2)));

    private string? Service(int id) => id == 0 ? null : Find(services, id, selectService, null, row => row.Text(0));

    private FlowEndpoint Endpoint(int id) => Find(endpoints, id, selectEndpoint, Nothing, row => ReadEndpoint(row, 0));

    /// <summary>An endpoint from the columns of a row, the first of them at <paramref name="column"/>.</summary>
    private static FlowEndpoint ReadEndpoint(Statement row, int column) => new()
    {
        Kind = (EndpointKind)row.Number(column),
        Label = row.Text(column + 1) ?? ReservedLabels.Unknown,
        Namespace = row.Text(column + 2),
        Name = row.Text(column + 3),
        OwnerKind = row.Text(column + 4),
        OwnerName = row.Text(column + 5),
        NodeName = row.Text(column + 6),
        Zone = row.Text(column + 7),
        Region = row.Text(column + 8),
        Network = row.Text(column + 9),
    };

    /// <summary>A table of names by id. Id 0 is no name.</summary>
    private static T?[] All<T>(SqliteConnection connection, string table, string columns, Func<Statement, T?> read) where T : class
    {
        T?[] all = new T?[1 + Statement.Number(connection, $"SELECT max(id) FROM {table}")];
        using Statement select = new(connection, $"SELECT id, {columns} FROM {table}");
        while (select.Step())
            if (select.Number(0) is var id && id > 0 && id < all.Length) all[id] = read(select);
        return all;
    }

    private static T Find<T>(Dictionary<int, T> known, int id, Statement select, T none, Func<Statement, T> read)
    {
        if (known.TryGetValue(id, out T? value)) return value;
        value = select.Bind(1, id).Step() ? read(select) : none;
        select.Reset();
        known.Add(id, value);
        return value;
    }
}
