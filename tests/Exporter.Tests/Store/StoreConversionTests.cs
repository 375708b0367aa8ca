using Microsoft.Data.Sqlite;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Store;

namespace SFlow.Exporter.Tests.Store;

/// <summary>Stores of the release before, whose schema is repeated here as it was.</summary>
public class StoreConversionTests
{
    private const string Columns =
        "timestamp,facts,protocol,source_port,destination_port,counted,datagram_sequence,id_high,id_low,observation,fault,server_end,server_reason,service_origin,"
        + "sampling_rate,frame_length,stripped,ip_length,ttl,tos,fragment_offset,tcp_flags,tcp_sequence,tcp_acknowledgement,acknowledged_bytes,icmp_type,icmp_code,"
        + "ether_type,source_mac,destination_mac,vlan_id,inner_vlan_id,tunnel_vni,tunnel_source,tunnel_destination,uptime_milliseconds,"
        + "sample_sequence,sample_format,source_id_type,source_id_index,sample_pool,drops,input_format,input_value,output_format,output_value,header_protocol";

    private const string NameColumns =
        "agent, source_endpoint, destination_endpoint, source_service, destination_service, server_service, source_address, destination_address";

    [Fact]
    public async Task Records_of_the_release_before_are_converted()
    {
        using StoreFixture before = new(new SampleFlows());
        before.Store.Open();
        Flow[] records = before.Flows.Make(9_000);
        foreach (Flow[] chunk in records.Chunk(512)) before.Write(chunk);
        List<StoredFlow> expected = await before.AllAsync();
        before.Store.Dispose();
        MakeOld(before, records);

        using StoreFixture after = new(before.Flows, folder: before.Options.Folder);
        after.Store.Open();
        List<StoredFlow> stored = await after.AllAsync();

        Assert.Equal(expected.Count, stored.Count);
        for (int i = 0; i < stored.Count; i++)
        {
            Assert.Equal(expected[i].Record, stored[i].Record);
            Assert.Equal((expected[i].Position, expected[i].Source, expected[i].Destination), (stored[i].Position, stored[i].Source, stored[i].Destination));
            Assert.Equal((expected[i].ObserverNode, expected[i].SourceService, expected[i].ServerService), (stored[i].ObserverNode, stored[i].SourceService, stored[i].ServerService));
        }
        Assert.Equal(9_000, after.Figures.Rows);
        Assert.Equal(2, after.Logs.Lines.Count(line => line.StartsWith("Information: ", StringComparison.Ordinal)));
        Assert.Contains("9000", after.Logs.Lines.Last(), StringComparison.Ordinal);
        Assert.Empty(after.Store.TakeLosses());
        // Positions and identities go on.
        Assert.Equal(new WriteResult(7, 512), after.Write([.. records[^512..], .. before.Flows.Make(7)]));
        Assert.Equal(9_507, (await after.AllAsync())[0].Position);
    }

    [Fact]
    public async Task A_conversion_that_was_broken_off_goes_on()
    {
        using StoreFixture before = new(new SampleFlows());
        before.Store.Open();
        Flow[] records = before.Flows.Make(5_000);
        foreach (Flow[] chunk in records.Chunk(512)) before.Write(chunk);
        before.Store.Dispose();
        // The first blocks are converted already, and their rows gone.
        MakeOld(before, records, keepBlocksUpTo: 2_048);

        using StoreFixture after = new(before.Flows, folder: before.Options.Folder);
        after.Store.Open();

        Assert.Equal(records.Reverse().Select(record => record.IdLow), (await after.AllAsync()).Select(flow => flow.Record.IdLow));
    }

    /// <summary>Writes what the store has as the release before had it.</summary>
    private static void MakeOld(StoreFixture fixture, Flow[] records, int keepBlocksUpTo = 0)
    {
        using SqliteConnection connection = new($"Data Source={fixture.DatabasePath};Pooling=false");
        connection.Open();
        Statement.Run(connection,
            $"""
            BEGIN;
            CREATE TABLE span (bucket INTEGER PRIMARY KEY, rows INTEGER NOT NULL, oldest INTEGER NOT NULL, newest INTEGER NOT NULL);
            CREATE TABLE flow (position INTEGER PRIMARY KEY AUTOINCREMENT,
              agent INTEGER NOT NULL, source_endpoint INTEGER NOT NULL, destination_endpoint INTEGER NOT NULL,
              source_service INTEGER NOT NULL, destination_service INTEGER NOT NULL, server_service INTEGER NOT NULL,
              source_address BLOB, destination_address BLOB,
              {string.Join(",", Columns.Split(',').Select(column => column + " INTEGER NOT NULL"))},
              bytes INTEGER AS (CASE fault WHEN 0 THEN (frame_length - stripped) * sampling_rate ELSE 0 END) VIRTUAL,
              packets INTEGER AS (CASE fault WHEN 0 THEN sampling_rate ELSE 0 END) VIRTUAL,
              UNIQUE (datagram_sequence, id_high, id_low));
            """);
        using (FlowNaming naming = new(connection, fixture.Flows.Registries))
        using (Statement insert = new(connection,
            $"INSERT INTO flow (position, {NameColumns}, {Columns}) VALUES ({string.Join(",", Enumerable.Repeat("?", 9 + Columns.Split(',').Length))})"))
        {
            for (int i = keepBlocksUpTo; i < records.Length; i++) Insert(insert, naming, i + 1, records[i]);
        }
        Statement.Run(connection,
            $"""
            DELETE FROM block WHERE last_position > {keepBlocksUpTo};
            DELETE FROM block_search WHERE last_position > {keepBlocksUpTo};
            DELETE FROM block_rest WHERE last_position > {keepBlocksUpTo};
            DELETE FROM block_identity WHERE last_position > {keepBlocksUpTo};
            UPDATE sqlite_sequence SET seq = 9500 WHERE name = 'flow' AND seq = 9000;
            PRAGMA user_version = 3;
            COMMIT;
            """);
        if (keepBlocksUpTo == 0)
            Statement.Run(connection, "DROP TABLE block; DROP TABLE block_search; DROP TABLE block_rest; DROP TABLE block_identity; DELETE FROM sqlite_sequence WHERE name = 'block'");
    }

    private static void Insert(Statement insert, FlowNaming naming, long position, Flow flow)
    {
        byte[] source = new byte[16], destination = new byte[16];
        flow.Source.WriteBytes(source);
        flow.Destination.WriteBytes(destination);
        bool address = (flow.Facts & (PacketFacts.IPv4 | PacketFacts.IPv6)) != PacketFacts.None;
        naming.Name(ref flow, position);
        insert.Bind(1, position).Bind(2, flow.Agent).Bind(3, flow.SourceEndpoint).Bind(4, flow.DestinationEndpoint)
            .Bind(5, flow.SourceService).Bind(6, flow.DestinationService).Bind(7, flow.ServerService);
        if (address) insert.Bind(8, source).Bind(9, destination);
        else insert.BindNull(8).BindNull(9);
        long[] values =
        [
            flow.TimestampNanoseconds, (long)flow.Facts, flow.Protocol, flow.SourcePort, flow.DestinationPort, flow.Counted ? 1 : 0, flow.DatagramSequence,
            (long)flow.IdHigh, (long)flow.IdLow, (long)flow.Observation, (long)flow.Fault, (long)flow.Server, (long)flow.ServerReason, (long)flow.ServiceOrigin,
            flow.SamplingRate, flow.FrameLength, flow.Stripped, flow.IpLength, flow.Ttl, flow.Tos, flow.FragmentOffset, flow.TcpFlags, flow.TcpSequence,
            flow.TcpAcknowledgement, flow.AcknowledgedBytes, flow.IcmpType, flow.IcmpCode, flow.EtherType, (long)flow.SourceMac, (long)flow.DestinationMac,
            flow.VlanId, flow.InnerVlanId, flow.TunnelVni, flow.TunnelSource, flow.TunnelDestination, flow.UptimeMilliseconds, flow.SampleSequence,
            flow.SampleFormat, flow.SourceIdType, flow.SourceIdIndex, flow.SamplePool, flow.Drops, flow.InputFormat, flow.InputValue, flow.OutputFormat,
            flow.OutputValue, flow.HeaderProtocol,
        ];
        for (int i = 0; i < values.Length; i++) insert.Bind(10 + i, values[i]);
        insert.Run();
    }
}
