using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using SFlow.Exporter.Elasticsearch;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Pipeline.Fields;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Elasticsearch;

public sealed class EcsDocumentTests
{
    private readonly Flows flows = new();

    [Fact]
    public void A_document_says_what_the_record_says()
    {
        JsonNode expected = JsonNode.Parse("""
            {
              "@timestamp": "2026-11-18T11:06:40.123456789Z",
              "ecs": { "version": "9.4.0" },
              "tags": ["sflow", "forwarded"],
              "data_stream": { "type": "logs", "dataset": "sflow.flow", "namespace": "default" },
              "event": {
                "id": "---UF-5n-HC4OsafnTzyr-", "kind": "event", "category": ["network"], "type": ["connection"], "action": "sflow_flow", "dataset": "sflow.flow",
                "module": "sflow", "sequence": 2558, "created": "2026-11-18T11:06:40.123456789Z"
              },
              "host": { "name": "worker-1" },
              "cloud": { "availability_zone": "zone-a", "region": "eu-west" },
              "agent": { "type": "sflow-exporter" },
              "observer": {
                "ip": ["10.128.0.2"], "name": "worker-1", "hostname": "worker-1", "type": "switch", "product": "Open vSwitch", "vendor": "Linux Foundation",
                "ingress": { "interface": { "id": "3" } }
              },
              "orchestrator": { "type": "kubernetes" },
              "network": {
                "direction": "internal", "type": "ipv4", "transport": "udp", "iana_number": "17", "bytes": 34400, "packets": 400,
                "community_id": "1:19+VjQHiY+vmlww1Z+zSYP+HA2I="
              },
              "source": {
                "address": "10.128.0.5", "ip": "10.128.0.5", "port": 50066, "mac": "0A-58-0A-80-00-05", "bytes": 34400, "packets": 400,
                "kubernetes": {
                  "namespace": "shop", "kind": "Pod", "name": "web-5d4f-x2x", "owner": { "kind": "Deployment", "name": "web" },
                  "node": { "name": "worker-1" }, "zone": "zone-a", "region": "eu-west"
                }
              },
              "destination": {
                "address": "172.30.0.10", "ip": "172.30.0.10", "port": 53, "mac": "0A-58-0A-80-00-01", "domain": "dns-default.openshift-dns.svc",
                "kubernetes": { "namespace": "openshift-dns", "kind": "Service", "name": "dns-default" }
              },
              "related": { "ip": ["10.128.0.5", "172.30.0.10"] },
              "sflow": {
                "counted": true, "observation": "source", "is_initiator": true, "server_reason": "service_address", "service_origin": "kubernetes",
                "conversation": "udp 10.128.0.5:50066 openshift-dns/dns-default:dns",
                "source_namespace": "shop", "destination_namespace": "openshift-dns", "server_service": "openshift-dns/dns-default:dns",
                "locality": "unknown",
                "agent": { "address": "10.128.0.2", "sub_id": 7, "uptime_milliseconds": 8000 },
                "datagram": { "sequence": 435 },
                "sample": { "type": "flow", "sequence": 2558, "rate": 400, "pool": 1023200, "drops": 3 },
                "source_id": { "type": 2, "index": 1007 },
                "input": { "format": 0, "value": 3 }, "output": { "state": "unknown", "format": 1, "value": 256 },
                "header": { "protocol": 1, "frame_length": 90, "stripped": 4, "cut": false },
                "ether_type": 2048,
                "ip": { "length": 72, "ttl": 64, "tos": 8, "dscp": 2 }
              }
            }
            """)!;
        JsonObject document = flows.Document(flows.Udp());
        Assert.True(JsonNode.DeepEquals(document["client"], document["source"]));
        Assert.True(JsonNode.DeepEquals(document["server"], document["destination"]));
        document.Remove("client");
        document.Remove("server");
        Assert.True(JsonNode.DeepEquals(expected, document), document.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
    }

    [Fact]
    public void An_answer_of_the_server_has_the_roles_the_other_way_round()
    {
        Flow record = flows.Udp();
        record.Server = ServerEnd.Source;
        JsonObject document = flows.Document(record);
        Assert.True(JsonNode.DeepEquals(document["server"], document["source"]));
        Assert.True(JsonNode.DeepEquals(document["client"], document["destination"]));
    }

    [Fact]
    public void Icmp_has_type_and_code_but_no_ports_and_no_roles()
    {
        Flow record = flows.Udp();
        (record.Protocol, record.Facts, record.SourcePort, record.DestinationPort, record.IcmpType, record.Server, record.ServerReason) =
            (1, PacketFacts.Ethernet | PacketFacts.IPv4 | PacketFacts.Icmp, 0, 0, 8, ServerEnd.Unknown, ServerReason.None);
        JsonObject document = flows.Document(record);
        Assert.Equal("icmp", document["network"]!["transport"]!.GetValue<string>());
        Assert.Null(document["source"]!["port"]);
        Assert.Null(document["destination"]!["port"]);
        Assert.Equal(8, document["sflow"]!["icmp"]!["type"]!.GetValue<int>());
        Assert.False(document.ContainsKey("client") || document.ContainsKey("server"));
    }

    [Theory]
    [InlineData(0u, 7u, "interface")]
    [InlineData(0u, 0u, "unknown")]
    [InlineData(0u, 0x3FFF_FFFFu, "device")]
    [InlineData(1u, 256u, "unknown")]
    [InlineData(1u, 258u, "discarded")]
    [InlineData(2u, 3u, "several")]
    [InlineData(3u, 3u, "unknown")]
    public void An_output_of_which_Open_vSwitch_knows_nothing_is_no_drop(uint format, uint value, string state)
    {
        Flow record = flows.Udp() with { OutputFormat = format, OutputValue = value, SourceIdType = 2, SourceIdIndex = 1_007, SubAgentId = 7 };
        Assert.Equal(state, flows.Document(record)["sflow"]!["output"]!["state"]!.GetValue<string>());
        Flow ofSwitch = record with { SourceIdType = 0, SourceIdIndex = 7 };
        Assert.Equal(format == 1 ? "discarded" : state, flows.Document(ofSwitch)["sflow"]!["output"]!["state"]!.GetValue<string>());
    }

    [Fact]
    public void Arp_has_macs_but_no_addresses()
    {
        Flow record = flows.Udp();
        (record.Facts, record.Source, record.Destination, record.SourceEndpoint, record.DestinationEndpoint, record.Server) =
            (PacketFacts.Ethernet | PacketFacts.Arp, Address.None, Address.None, 0, 0, ServerEnd.Unknown);
        JsonObject document = flows.Document(record);
        Assert.Equal(["mac", "bytes", "packets"], document["source"]!.AsObject().Select(field => field.Key));
        Assert.Equal(["direction", "type", "bytes", "packets"], document["network"]!.AsObject().Select(field => field.Key));
        Assert.False(document.ContainsKey("related"));
        Assert.Null(document["sflow"]!["ip"]);
    }

    [Fact]
    public void A_later_fragment_has_neither_ports_nor_community_id()
    {
        Flow record = flows.Udp();
        (record.Facts, record.FragmentOffset) = (PacketFacts.Ethernet | PacketFacts.IPv4 | PacketFacts.Fragment, 185);
        JsonObject document = flows.Document(record);
        Assert.Null(document["source"]!["port"]);
        Assert.Null(document["network"]!["community_id"]);
        Assert.Equal(185, document["sflow"]!["ip"]!["fragment_offset"]!.GetValue<int>());
    }

    [Fact]
    public void A_port_of_OVN_says_of_which_node_it_is()
    {
        Flow record = flows.Udp();
        record.SourceEndpoint = flows.Registries.Endpoints.Intern(new FlowEndpoint { Kind = EndpointKind.Ovn, Label = ReservedLabels.Ovn, Name = "worker-2", NodeName = "worker-2", Zone = "zone-b" }).Id;
        JsonObject document = flows.Document(record);
        Assert.Equal("""{"node":{"name":"worker-2"},"zone":"zone-b"}""", document["source"]!["kubernetes"]!.ToJsonString());
        Assert.Null(document["source"]!["domain"]);
    }

    [Fact]
    public void Kubernetes_stands_only_where_it_knows_the_end()
    {
        Flow record = flows.Udp();
        (record.SourceEndpoint, record.ObserverNode) = (flows.Internet, -1);
        JsonObject document = flows.Document(record);
        Assert.Null(document["source"]!["kubernetes"]);
        Assert.Null(document["source"]!["domain"]);
        Assert.Equal("@internet", document["sflow"]!["source_namespace"]!.GetValue<string>());
        Assert.Equal("10.128.0.2", document["host"]!["name"]!.GetValue<string>());
        Assert.Null(document["observer"]!["name"]);
    }

    [Theory]
    [InlineData(0, 0u, null)]
    [InlineData(0, 0x3FFF_FFFFu, null)]
    [InlineData(0, 12u, "12")]
    [InlineData(1, 256u, null)]
    [InlineData(2, 3u, null)]
    public void Only_a_single_known_interface_has_an_id(uint format, uint value, string? id)
    {
        Flow record = flows.Udp();
        (record.OutputFormat, record.OutputValue) = (format, value);
        Assert.Equal(id, flows.Document(record)["observer"]!["egress"]?["interface"]?["id"]?.GetValue<string>());
    }

    [Fact]
    public void A_faulty_sample_has_no_volume_and_names_its_fault()
    {
        Flow record = flows.Udp();
        (record.Fault, record.Stripped, record.Observation, record.Counted) = (SampleFault.StrippedAboveFrameLength, 5_000, Observation.None, false);
        JsonObject document = flows.Document(record);
        Assert.Equal(0, document["network"]!["bytes"]!.GetValue<long>());
        Assert.Equal("stripped_above_frame_length", document["sflow"]!["fault"]!.GetValue<string>());
        Assert.Null(document["sflow"]!["observation"]);
    }

    [Fact]
    public void Names_of_the_cluster_can_not_break_out_of_their_line()
    {
        const string hostile = "a\"},\n{\"x\":1}\u0000\u202e</script>";
        Flow record = flows.Udp();
        record.SourceEndpoint = flows.Registries.Endpoints.Intern(new FlowEndpoint { Kind = EndpointKind.Pod, Label = hostile, Namespace = hostile, Name = hostile }).Id;
        string json = flows.Json(record);
        Assert.DoesNotContain('\n', json);
        JsonNode document = JsonNode.Parse(json)!;
        Assert.Equal(hostile, document["source"]!["kubernetes"]!["name"]!.GetValue<string>());
        Assert.Equal(hostile, document["sflow"]!["source_namespace"]!.GetValue<string>());
    }

    [Fact]
    public void Every_field_of_a_document_is_in_the_mapping()
    {
        Flow record = flows.Udp();
        record.Facts = (PacketFacts)ushort.MaxValue & ~(PacketFacts.Arp | PacketFacts.IPv6);
        (record.VlanId, record.InnerVlanId, record.OutputFormat, record.OutputValue, record.TcpFlags) = (100, 200, 0, 9, 0xFF);
        (record.Fault, record.TunnelSource, record.AcknowledgedBytes) = (SampleFault.FrameTooLong, 0x0A00_0001, 1_448);
        Flow named = record with { ServiceOrigin = ServiceOrigin.Iana };
        Flow elsewhere = record with { SourceEndpoint = flows.Registries.Endpoints.Intern(flows.Registries.Endpoints[flows.Pod] with { Network = "shop_flat" }).Id };
        Flow ofService = record with { SourceEndpoint = flows.Service };
        string[] written = [.. Leaves(flows.Document(record), "").Union(Leaves(flows.Document(named), "")).Union(Leaves(flows.Document(elsewhere), "")).Union(Leaves(flows.Document(ofService), ""))
            .Union(Leaves(Combined([.. Enumerable.Repeat(record, 30)]), ""))];
        // GeoIpDocumentTests does the same for what databases of places tell.
        string[] mapped = [.. FieldCatalogue.Documents.Select(field => field.Name).Where(name => name.Split('.')[1..] is not ["geo" or "as", ..])];
        Assert.Equal(mapped.Length, mapped.Distinct().Count());
        Assert.Empty(written.Except(mapped));
        // The ends share one definition, and the server here sent nothing.
        string[] never = ["server.bytes", "server.packets", .. OfWriter];
        Assert.Equal(["destination.kubernetes", "server.kubernetes"], mapped.Except(written).Except(never).Select(name => string.Join('.', name.Split('.')[..2])).Distinct());
    }

    [Theory]
    [InlineData(nameof(EndpointKind.Pod), nameof(EndpointKind.Node), "internal")]
    [InlineData(nameof(EndpointKind.Pod), nameof(EndpointKind.Multicast), "internal")]
    [InlineData(nameof(EndpointKind.Ovn), nameof(EndpointKind.Internet), "outbound")]
    [InlineData(nameof(EndpointKind.Private), nameof(EndpointKind.Service), "inbound")]
    [InlineData(nameof(EndpointKind.NamedNetwork), nameof(EndpointKind.Internet), "external")]
    [InlineData(nameof(EndpointKind.Unknown), nameof(EndpointKind.Pod), "unknown")]
    public void The_direction_is_that_over_the_border_of_the_cluster(string from, string to, string direction)
    {
        Flow record = flows.Udp() with { SourceEndpoint = Of(from), DestinationEndpoint = Of(to) };
        Assert.Equal(direction, flows.Document(record)["network"]!["direction"]!.GetValue<string>());

        int Of(string kind) => flows.Registries.Endpoints.Intern(new FlowEndpoint { Kind = Enum.Parse<EndpointKind>(kind), Label = kind }).Id;
    }

    [Theory]
    [InlineData("shop_flat", null, "shop_flat")]
    [InlineData(null, "shop_flat", "shop_flat")]
    [InlineData(null, null, null)]
    public void The_network_of_either_end_is_that_of_the_packet(string? from, string? to, string? network)
    {
        FlowEndpoint pod = flows.Registries.Endpoints[flows.Pod];
        Flow record = flows.Udp() with
        {
            SourceEndpoint = flows.Registries.Endpoints.Intern(pod with { Network = from }).Id,
            DestinationEndpoint = flows.Registries.Endpoints.Intern(pod with { Network = to }).Id,
        };
        Assert.Equal(network, flows.Document(record)["network"]!["name"]?.GetValue<string>());
    }

    [Fact]
    public void What_several_pods_have_in_common_has_no_name_and_no_domain()
    {
        FlowEndpoint shared = new() { Kind = EndpointKind.Pod, Label = "shop", Namespace = "shop", OwnerKind = "VirtualMachineInstance", OwnerName = "till", Claimants = [flows.Pod, flows.Service] };
        JsonNode source = flows.Document(flows.Udp() with { SourceEndpoint = flows.Registries.Endpoints.Intern(shared).Id })["source"]!;
        Assert.Equal("""{"namespace":"shop","kind":"Pod","owner":{"kind":"VirtualMachineInstance","name":"till"}}""", source["kubernetes"]!.ToJsonString());
        Assert.Null(source["domain"]);
    }

    [Fact]
    public void Writing_an_item_allocates_nothing()
    {
        BulkItemWriter writer = new(new EcsDocument(flows.Registries), TimeProvider.System);
        writer.Begin();
        Flow[] records = [.. flows.Many(20_000), .. flows.Many(20_000).Select(Another)];
        BulkBody body = new(100_000);
        foreach (Flow record in records) Add(record);

        long start = 0, length = 0;
        Assert.Equal(0, Allocated.Least(() =>
        {
            (start, length) = (Stopwatch.GetTimestamp(), 0);
            foreach (ref readonly Flow record in records.AsSpan()) length += Add(record);
        }));
        TimeSpan took = Stopwatch.GetElapsedTime(start);
        TestContext.Current.TestOutputHelper?.WriteLine($"{took.TotalNanoseconds / records.Length:F0} ns and {length / records.Length} bytes a record");

        Flow Another(Flow record)
        {
            record.Facts = PacketFacts.Ethernet | PacketFacts.IPv6 | PacketFacts.Ports | PacketFacts.Tcp | PacketFacts.TunnelIngress;
            (record.Source, record.Destination) = (new Address(0xFD01_0000_0000_0001, record.IdLow >> 48), new Address(0x2001_0DB8_0000_0000, 1));
            (record.Protocol, record.TcpFlags, record.VlanId, record.DestinationEndpoint) = (6, 0x12, 7, flows.Internet);
            return record;
        }

        int Add(in Flow record)
        {
            ReadOnlySpan<byte> item = writer.Write(record);
            if (body.TryAdd(item)) return item.Length;
            body.Clear();
            body.TryAdd(item);
            return item.Length;
        }
    }

    /// <summary>Fields that only the sink's own writer has: by its stream, its clock and its options.</summary>
    private static readonly string[] OfWriter = ["agent.name", "agent.version", "event.ingested", "orchestrator.cluster.name"];

    [Fact]
    public void A_writer_says_who_and_where_it_is_and_when_it_wrote()
    {
        RecordOrigin origin = new() { Cluster = "prod-1", Program = "sflow-exporter-0", Version = "1.2.3" };
        EcsDocument document = new(flows.Registries, new StreamName("logs-sflow.flow-prod"), origin, null) { Written = Flows.Time + 2_000_000_000 };
        JsonObject written = Flows.Write(document, flows.Udp());
        Assert.Equal("""{"type":"sflow-exporter","name":"sflow-exporter-0","version":"1.2.3"}""", written["agent"]!.ToJsonString());
        Assert.Equal("""{"type":"kubernetes","cluster":{"name":"prod-1"}}""", written["orchestrator"]!.ToJsonString());
        Assert.Equal("2026-11-18T11:06:42.123456789Z", (string?)written["event"]!["ingested"]);
        Assert.Equal("prod", (string?)written["data_stream"]!["namespace"]);
        Assert.Null(Flows.Write(document, flows.Udp() with { ObserverNode = -1 })["orchestrator"]);
    }

    [Fact]
    public void The_id_of_the_event_is_that_of_the_document()
    {
        BulkItemWriter writer = new(new EcsDocument(flows.Registries), TimeProvider.System);
        foreach (Flow record in flows.Many(100))
        {
            string[] lines = System.Text.Encoding.UTF8.GetString(writer.Write(record)).Split('\n');
            Assert.Equal((string?)JsonNode.Parse(lines[0])!["create"]!["_id"], (string?)JsonNode.Parse(lines[1])!["event"]!["id"]);
        }
    }

    private JsonObject Combined(Flow[] records)
    {
        RolledFlow group = new();
        group.Begin(records[0]);
        foreach (Flow record in records) group.Add(record);
        JsonBuffer json = new();
        new EcsDocument(flows.Registries).Write(json, group);
        return JsonNode.Parse(json.Written)!.AsObject();
    }

    private static IEnumerable<string> Leaves(JsonNode? node, string path) => node switch
    {
        JsonObject parent => parent.SelectMany(child => Leaves(child.Value, path.Length == 0 ? child.Key : $"{path}.{child.Key}")),
        _ => [path],
    };
}
