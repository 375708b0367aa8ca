using Microsoft.Data.Sqlite;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Store;

/// <summary>Ids of the names of one row; 0 is no name.</summary>
internal readonly record struct FlowNameIds(
    long Agent, long SourceEndpoint, long DestinationEndpoint, long SourceService, long DestinationService, long ServerService);

/// <summary>
/// Adds one row. A record that is there already is left alone: its 128-bit id is unique together with the datagram's sequence number,
/// which is no weaker (the id is a hash over that number) and keeps the index local, where ids alone would touch a random page a row.
/// </summary>
internal sealed class FlowInsert(SqliteConnection connection) : IDisposable
{
    private const int NameAndAddressColumns = 8;

    private static readonly string Sql =
        $"""
        INSERT INTO flow (agent, source_endpoint, destination_endpoint, source_service, destination_service, server_service,
          source_address, destination_address, {string.Join(", ", FlowColumns.All.Select(column => column.Name))})
        VALUES ({string.Join(", ", Enumerable.Repeat("?", NameAndAddressColumns + FlowColumns.All.Length))})
        ON CONFLICT (datagram_sequence, id_high, id_low) DO NOTHING
        """;

    private readonly Statement statement = new(connection, Sql);

    /// <summary>True when the row is new; <paramref name="position"/> is then its place.</summary>
    public bool Execute(in Flow record, in FlowNameIds names, out long position)
    {
        statement.Bind(1, names.Agent).Bind(2, names.SourceEndpoint).Bind(3, names.DestinationEndpoint)
            .Bind(4, names.SourceService).Bind(5, names.DestinationService).Bind(6, names.ServerService);
        BindAddress(7, record.Source, record.Facts);
        BindAddress(8, record.Destination, record.Facts);
        int parameter = NameAndAddressColumns;
        foreach (FlowColumn column in FlowColumns.All) statement.Bind(++parameter, column.Get(record));
        statement.Run();
        bool added = statement.Changes == 1;
        position = added ? statement.LastPosition : 0;
        return added;
    }

    public void Dispose() => statement.Dispose();

    /// <summary>16 bytes in network order, so that a CIDR is a range; null for a sample without IP packet.</summary>
    private void BindAddress(int parameter, Address address, PacketFacts facts)
    {
        if (!address.IsSome && (facts & (PacketFacts.IPv4 | PacketFacts.IPv6)) == PacketFacts.None)
        {
            statement.BindNull(parameter);
            return;
        }
        Span<byte> bytes = stackalloc byte[16];
        address.WriteBytes(bytes);
        statement.Bind(parameter, bytes);
    }
}
