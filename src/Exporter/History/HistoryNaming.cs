using Microsoft.Data.Sqlite;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.History;

/// <summary>
/// Turns the numbers of this process into ids of the tables of hosts and services. The tables are bounded: when one is full, names that no window
/// uses are removed. A name that still finds no room has no id.
/// </summary>
internal sealed class HistoryNaming(Registries names, int maximum = HistoryNaming.Most)
{
    /// <summary>Maximum hosts, and maximum services.</summary>
    public const int Most = 65_536;

    /// <summary>Minutes between two searches for unused names: each reads all windows.</summary>
    private const int MinutesBetween = 60;

    private readonly HistoryNameTable<HostIdentity> hosts = new(
        maximum, "history_host", HistorySchema.HostColumns, number => HostIdentity.Of(names.Endpoints.Hosts[number]),
        (insert, host) => insert.Bind(2, (long)host.Kind).Bind(3, host.Label).Bind(4, host.OwnerKind).Bind(5, host.OwnerName)
            .Bind(6, host.Node).Bind(7, host.Zone).Bind(8, host.Region).Bind(9, host.Network));

    private readonly HistoryNameTable<string> services = new(
        maximum, "history_service", "name", number => CleanText.Of(names.Services[number]), (insert, name) => insert.Bind(2, name));

    private SqliteConnection? connection;
    private int waits;

    /// <summary>What is in memory may differ from the file, because a transaction failed.</summary>
    public void Forget() => connection = null;

    /// <summary>Begins to name the rows of a minute. Reads the tables again where the file is another one.</summary>
    public void Begin(SqliteConnection open)
    {
        waits = Math.Max(0, waits - 1);
        if (!ReferenceEquals(connection, open))
        {
            connection = open;
            HistoryNames stored = HistoryNameReader.Read(open);
            hosts.Load(open, stored.Hosts, host => host is null ? default : (true, HostIdentity.Of(host)));
            services.Load(open, stored.Services, name => name is null ? default : (true, name));
        }
        hosts.Begin();
        services.Begin();
    }

    /// <summary>The row with ids; false where hosts or service have none.</summary>
    public bool TryName(HistoryBlocks blocks, ulong key, in HistorySums sums, out HistoryRow row)
    {
        row = new HistoryRow { IsNodePort = HistoryKey.IsNodePort(key), Sums = sums };
        if (!HistoryKey.HasNames(key)) return false;
        int service = HistoryKey.Service(key);
        row.Source = IdOf(hosts, blocks, HistoryKey.Source(key));
        row.Destination = IdOf(hosts, blocks, HistoryKey.Destination(key));
        row.Service = service == 0 ? 0 : IdOf(services, blocks, service);
        return row.Source != 0 && row.Destination != 0 && (service == 0 || row.Service != 0);
    }

    private int IdOf<TName>(HistoryNameTable<TName> table, HistoryBlocks blocks, int number) where TName : notnull
    {
        int id = table.IdOf(number);
        if (id != 0 || waits > 0) return id;
        waits = MinutesBetween;
        (HashSet<int> usedHosts, HashSet<int> usedServices) = blocks.Used();
        hosts.RemoveAllBut(usedHosts);
        services.RemoveAllBut(usedServices);
        return table.IdOf(number);
    }
}
