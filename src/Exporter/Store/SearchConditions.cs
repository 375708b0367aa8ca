using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Store;

/// <summary>
/// A query as SQL: conditions on rows of <c>flow</c>, and the sets of names that they refer to. A set is filled once a search
/// into a temporary table, so that each slice of the scan only looks ids up.
/// </summary>
internal sealed class SearchConditions
{
    private const string LabelIs = "SELECT id FROM endpoint WHERE label = ?";
    private const string WorkloadIs = "SELECT id FROM endpoint WHERE owner_name = ? OR name = ?";
    private const string KindAndWorkloadAre =
        "SELECT id FROM endpoint WHERE (owner_kind = ? COLLATE NOCASE AND owner_name = ?) OR (kind = ? AND name = ?)";
    private const string ServiceIs = "SELECT id FROM service WHERE name = ? OR substr(name, 1, length(?) + 1) = ? || ':'";

    private const string ServiceNamed = "SELECT id FROM service WHERE name = ?";

    private readonly List<string> terms = [];
    private readonly List<object> values = [];
    private readonly List<NameSet> sets = [];

    public SearchConditions(SearchQuery query)
    {
        if (query.From is { } from) Add("timestamp >= ?", from);
        if (query.To is { } to) Add("timestamp < ?", to);
        if (query.Counted is { } counted) Add("counted = ?", counted ? 1L : 0L);
        if (query.Protocol is { } protocol)
            Add($"protocol = ? AND facts & {(int)(PacketFacts.IPv4 | PacketFacts.IPv6)} <> 0", (long)protocol);
        if (query.Port is { } port)
            Add($"(source_port = ? OR destination_port = ?) AND facts & {(int)PacketFacts.Ports} <> 0", (long)port, (long)port);
        AddEndpoint(query.Namespace, "wanted_namespace", LabelIs, "source_endpoint", "destination_endpoint");
        AddEndpoint(query.SourceNamespace, "wanted_source_namespace", LabelIs, "source_endpoint");
        AddEndpoint(query.DestinationNamespace, "wanted_destination_namespace", LabelIs, "destination_endpoint");
        if (query.Workload is { } workload) AddWorkload(workload);
        if (query.Service is { } service)
        {
            NameSet named = new("wanted_service", ServiceIs, [service, service, service]);
            AddSet(named, "source_service", "destination_service", "server_service");
        }
        if (query.Conversation is { } conversation) AddConversation(conversation);
        AddRange(query.Address, "source_address", "destination_address");
        AddRange(query.SourceAddress, "source_address");
        AddRange(query.DestinationAddress, "destination_address");
    }

    /// <summary>Tables of ids to fill before the scan; a set that stays empty means that nothing can match.</summary>
    public IReadOnlyList<NameSet> Sets => sets;

    /// <summary>The conditions, to follow a WHERE clause that is not empty.</summary>
    public string Sql => string.Concat(terms.Select(term => " AND " + term));

    public void Bind(Statement statement, int firstParameter) => Bind(statement, firstParameter, values);

    public static void Bind(Statement statement, int firstParameter, IReadOnlyList<object> values)
    {
        for (int i = 0; i < values.Count; i++)
        {
            int parameter = firstParameter + i;
            if (values[i] is long number) statement.Bind(parameter, number);
            else if (values[i] is byte[] blob) statement.Bind(parameter, blob);
            else statement.Bind(parameter, (string)values[i]);
        }
    }

    private void Add(string term, params object[] given)
    {
        terms.Add(term);
        values.AddRange(given);
    }

    private void AddEndpoint(string? label, string table, string sql, params string[] columns)
    {
        if (label is not null) AddSet(new(table, sql, [label]), columns);
    }

    private void AddWorkload(string workload)
    {
        int slash = workload.IndexOf('/', StringComparison.Ordinal);
        (string kind, string name) = slash < 0 ? ("", workload) : (workload[..slash], workload[(slash + 1)..]);
        object[] given = slash < 0 ? [name, name] : [kind, name, EndpointKindOf(kind), name];
        AddSet(new("wanted_workload", slash < 0 ? WorkloadIs : KindAndWorkloadAre, given), "source_endpoint", "destination_endpoint");
    }

    private void AddConversation(ConversationText wanted)
    {
        Add($"protocol = ? AND facts & {(int)PacketFacts.Ports} <> 0", (long)wanted.Protocol);
        byte[] client = Bytes(wanted.Client.Address);
        if (wanted.Other is { } other)
        {
            byte[] address = Bytes(other.Address);
            Add("(source_address = ? AND source_port = ? AND destination_address = ? AND destination_port = ? OR destination_address = ? AND destination_port = ? AND source_address = ? AND source_port = ?)",
                client, (long)wanted.Client.Port, address, (long)other.Port, client, (long)wanted.Client.Port, address, (long)other.Port);
            return;
        }
        Add("(source_address = ? AND source_port = ? OR destination_address = ? AND destination_port = ?)", client, (long)wanted.Client.Port, client, (long)wanted.Client.Port);
        AddSet(new NameSet("wanted_conversation", ServiceNamed, [wanted.Service!]), "server_service");
    }

    private void AddSet(NameSet set, params string[] columns)
    {
        sets.Add(set);
        Add(AnyOf(columns, column => $"{column} IN temp.{set.Table}"));
    }

    private void AddRange(AddressRange? range, params string[] columns)
    {
        if (range is not { } wanted) return;
        byte[] first = Bytes(wanted.First), last = Bytes(wanted.Last);
        Add(AnyOf(columns, column => $"{column} BETWEEN ? AND ?"), [.. columns.SelectMany(_ => new object[] { first, last })]);
    }

    private static string AnyOf(string[] columns, Func<string, string> term) => $"({string.Join(" OR ", columns.Select(term))})";

    /// <summary>The number of an object's own kind (Pod, Service, Node), or one that no row has.</summary>
    private static long EndpointKindOf(string kind) =>
        kind.ToUpperInvariant() switch
        {
            "POD" => (long)EndpointKind.Pod,
            "SERVICE" => (long)EndpointKind.Service,
            "NODE" => (long)EndpointKind.Node,
            _ => -1,
        };

    private static byte[] Bytes(Address address)
    {
        byte[] bytes = new byte[16];
        address.WriteBytes(bytes);
        return bytes;
    }
}

/// <summary>A temporary table of ids, and the statement that selects them.</summary>
internal sealed record NameSet(string Table, string Sql, IReadOnlyList<object> Values);
