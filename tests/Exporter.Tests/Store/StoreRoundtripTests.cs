using System.Reflection;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Store;
using SFlow.Exporter.Store.Blocks;

namespace SFlow.Exporter.Tests.Store;

public class StoreRoundtripTests
{
    /// <summary>Ids that mean something in one process only; the names behind them are compared instead.</summary>
    private static readonly string[] RegistryIds =
        ["Agent", "ObserverNode", "SourceEndpoint", "DestinationEndpoint", "SourceService", "DestinationService", "ServerService"];

    [Fact]
    public async Task Every_field_comes_back_as_it_was_written()
    {
        using StoreFixture fixture = new(new SampleFlows());
        fixture.Store.Open();
        Flow[] records = fixture.Flows.Make(3000);
        for (int i = 0; i < records.Length; i += 500) Assert.Equal(500, fixture.Write(records[i..(i + 500)]).Written);

        List<StoredFlow> stored = await fixture.AllAsync();

        stored.Reverse();
        Assert.Equal(records.Length, stored.Count);
        FieldInfo[] fields = typeof(Flow).GetFields(BindingFlags.Public | BindingFlags.Instance);
        int compared = 0;
        for (int i = 0; i < records.Length; i++)
        {
            foreach (FieldInfo field in fields.Where(field => !RegistryIds.Contains(field.Name)))
            {
                object? expected = field.GetValue(records[i]), actual = field.GetValue(stored[i].Record);
                Assert.True(Equals(expected, actual), $"{field.Name} of record {i}: {actual} instead of {expected}");
                compared++;
            }
            AssertNames(fixture.Flows.Registries, records[i], stored[i]);
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{compared} values compared");
        Assert.Equal(records.Length * (fields.Length - RegistryIds.Length), compared);
    }

    [Fact]
    public async Task Names_stay_as_they_were_when_the_record_was_written()
    {
        using StoreFixture fixture = new(new SampleFlows());
        fixture.Store.Open();
        Flow record = fixture.Flows.Next();
        record.SourceEndpoint = 1;
        fixture.Write(record);
        fixture.Store.Dispose();

        // Another process, in which the same id means something else.
        SampleFlows others = new();
        others.Registries.Endpoints.Intern(new FlowEndpoint { Kind = EndpointKind.Pod, Label = "other" });
        using StoreFixture later = new(others, folder: fixture.Options.Folder);
        later.Store.Open();
        Flow second = others.Next();
        second.SourceEndpoint = others.Registries.Endpoints.Count - 1;
        later.Write(second);

        List<StoredFlow> stored = await later.AllAsync();

        Assert.Equal(["other", fixture.Flows.Registries.Endpoints[1].Label], stored.Select(flow => flow.Source.Label));
    }

    [Fact]
    public async Task The_same_record_twice_is_stored_once_and_counted_as_already_there()
    {
        using StoreFixture fixture = new(new SampleFlows());
        fixture.Store.Open();
        Flow[] records = fixture.Flows.Make(100);
        Assert.Equal(new WriteResult(100, 0), fixture.Write(records));
        Flow another = records[7];
        another.IdLow++;

        Assert.Equal(new WriteResult(1, 101), fixture.Write([.. records, another, another]));
        fixture.Store.Dispose();
        fixture.Store.Open();
        Assert.Equal(new WriteResult(0, 100), fixture.Write(records));

        Assert.Equal(101, (await fixture.AllAsync()).Count);
        Assert.Equal(101, fixture.Figures.Rows);
    }

    [Fact]
    public void The_columns_of_schema_version_4_are_frozen()
    {
        // A change of the list without a new version would misread the files of users.
        Assert.Equal(4, StoreSchema.Version);
        Assert.Equal(
            [
                "position,timestamp,facts,protocol,source_port,destination_port,counted,source_high,source_low,destination_high,destination_low,"
                + "source_endpoint,destination_endpoint,source_service,destination_service,server_service",
                "agent,datagram_sequence,observation,fault,server_end,server_reason,service_origin,sampling_rate,frame_length,stripped,ip_length,ttl,tos,"
                + "fragment_offset,tcp_flags,tcp_sequence,tcp_acknowledgement,acknowledged_bytes,icmp_type,icmp_code,ether_type,source_mac,destination_mac,"
                + "vlan_id,inner_vlan_id,tunnel_vni,tunnel_source,tunnel_destination,uptime_milliseconds,sample_sequence,sample_format,source_id_type,"
                + "source_id_index,sample_pool,drops,input_format,input_value,output_format,output_value,header_protocol",
                "id_high,id_low",
            ],
            BlockTable.Parts.Select(part => string.Join(",", BlockColumns.Of(part).Select(column => column.Name))));
        string[] search = [.. BlockColumns.Of(BlockPart.Search).Select(column => column.Name.Replace("_", "", StringComparison.Ordinal))];
        Assert.Equal(search, Enum.GetNames<SearchColumn>(), StringComparer.OrdinalIgnoreCase);
    }

    private static void AssertNames(Registries names, in Flow record, StoredFlow stored)
    {
        Assert.Equal(Content(names.Endpoints[record.SourceEndpoint]), Content(stored.Source));
        Assert.Equal(Content(names.Endpoints[record.DestinationEndpoint]), Content(stored.Destination));
        Assert.Equal(record.ObserverNode < 0 ? null : names.Nodes[record.ObserverNode].Name, stored.ObserverNode);
        Assert.Equal(Service(names, record.SourceService), stored.SourceService);
        Assert.Equal(Service(names, record.DestinationService), stored.DestinationService);
        Assert.Equal(Service(names, record.ServerService), stored.ServerService);
    }

    private static FlowEndpoint Content(FlowEndpoint endpoint) => endpoint with { Id = 0, LabelId = 0, NetworkId = 0 };

    private static string? Service(Registries names, int id) => id == 0 ? null : names.Services[id];
}
