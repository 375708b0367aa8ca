using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Store;

/// <summary>Selects rows of <c>flow</c> with their names, and turns them back into records.</summary>
internal static class FlowSelect
{
    private const int FirstNumber = 3, EndpointWidth = 10;
    private const string EndpointColumns =
        "{0}.kind, {0}.label, {0}.namespace, {0}.name, {0}.owner_kind, {0}.owner_name, {0}.node, {0}.zone, {0}.region, {0}.network";

    private static readonly int AgentColumn = FirstNumber + FlowColumns.All.Length;
    private static readonly int SourceColumn = AgentColumn + 3;
    private static readonly int DestinationColumn = SourceColumn + EndpointWidth;
    private static readonly int ServiceColumn = DestinationColumn + EndpointWidth;

    /// <summary>Parameters: first and last position, then those of the conditions. The joins cost only the rows that match.</summary>
    public static string Sql(string conditions) =>
        $"""
        SELECT position, source_address, destination_address, {string.Join(", ", FlowColumns.All.Select(column => column.Name))},
          a.address, a.sub_agent_id, a.node,
          {EndpointColumns.Replace("{0}", "s", StringComparison.Ordinal)},
          {EndpointColumns.Replace("{0}", "d", StringComparison.Ordinal)},
          source_service.name, destination_service.name, server_service.name
        FROM flow
          LEFT JOIN agent a ON a.id = flow.agent
          LEFT JOIN endpoint s ON s.id = flow.source_endpoint
          LEFT JOIN endpoint d ON d.id = flow.destination_endpoint
          LEFT JOIN service source_service ON source_service.id = flow.source_service
          LEFT JOIN service destination_service ON destination_service.id = flow.destination_service
          LEFT JOIN service server_service ON server_service.id = flow.server_service
        WHERE position BETWEEN ?1 AND ?2{conditions}
        ORDER BY position DESC
        """;

    public static StoredFlow Read(Statement row)
    {
        Flow record = new()
        {
            Source = ReadAddress(row, 1),
            Destination = ReadAddress(row, 2),
            AgentAddress = ReadAddress(row, AgentColumn),
            SubAgentId = (uint)row.Number(AgentColumn + 1),
        };
        for (int i = 0; i < FlowColumns.All.Length; i++) FlowColumns.All[i].Set(ref record, row.Number(FirstNumber + i));
        return new StoredFlow(record)
        {
            Position = row.Number(0),
            ObserverNode = row.Text(AgentColumn + 2),
            Source = ReadEndpoint(row, SourceColumn),
            Destination = ReadEndpoint(row, DestinationColumn),
            SourceService = row.Text(ServiceColumn),
            DestinationService = row.Text(ServiceColumn + 1),
            ServerService = row.Text(ServiceColumn + 2),
        };
    }

    private static Address ReadAddress(Statement row, int column) =>
        row.Blob(column) is { Length: 16 } bytes ? Address.FromIPv6(bytes) : Address.None;

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
}
