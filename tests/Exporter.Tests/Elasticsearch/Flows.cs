using System.Text.Json.Nodes;
using SFlow.Exporter.Elasticsearch;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Pipeline.Fields;

namespace SFlow.Exporter.Tests.Elasticsearch;

/// <summary>Records for documents, with a small cluster that they can point into.</summary>
internal sealed class Flows
{
    public const long Time = 1_795_000_000_123_456_789;

    public Flows()
    {
        Node node = Registries.Nodes.Intern("worker-1", "zone-a", 0);
        node.Region = "eu-west";
        Pod = Registries.Endpoints.Intern(new FlowEndpoint
        {
            Kind = EndpointKind.Pod,
            Label = "shop",
            Namespace = "shop",
            Name = "web-5d4f-x2x",
            OwnerKind = "Deployment",
            OwnerName = "web",
            NodeName = "worker-1",
            Zone = "zone-a",
            Region = "eu-west",
            HostNode = node.Id,
        }).Id;
        Service = Registries.Endpoints.Intern(new FlowEndpoint { Kind = EndpointKind.Service, Label = "openshift-dns", Namespace = "openshift-dns", Name = "dns-default" }).Id;
        Internet = Registries.Endpoints.Intern(new FlowEndpoint { Kind = EndpointKind.Internet, Label = ReservedLabels.Internet }).Id;
        Dns = Registries.Services.Intern("openshift-dns/dns-default:dns");
    }

    public Registries Registries { get; } = new();
    public int Pod { get; }
    public int Service { get; }
    public int Internet { get; }
    public int Dns { get; }

    /// <summary>A pod asks DNS by UDP over IPv4, sampled at one in 400.</summary>
    public Flow Udp() => new()
    {
        TimestampNanoseconds = Time,
        IdHigh = 0x0123_4567_89AB_CDEF,
        IdLow = 0xFEDC_BA98_7654_3210,
        AgentAddress = Address("10.128.0.2"),
        SubAgentId = 7,
        DatagramSequence = 435,
        UptimeMilliseconds = 8_000,
        SampleSequence = 2_558,
        SampleFormat = 1,
        SourceIdType = 2,
        SourceIdIndex = 1_007,
        SamplingRate = 400,
        SamplePool = 1_023_200,
        Drops = 3,
        InputFormat = 0,
        InputValue = 3,
        OutputFormat = 1,
        OutputValue = 256,
        HeaderProtocol = 1,
        FrameLength = 90,
        Stripped = 4,
        SourceMac = 0x0A58_0A80_0005,
        DestinationMac = 0x0A58_0A80_0001,
        EtherType = 0x0800,
        Facts = PacketFacts.Ethernet | PacketFacts.IPv4 | PacketFacts.Ports,
        Source = Address("10.128.0.5"),
        Destination = Address("172.30.0.10"),
        SourcePort = 50_066,
        DestinationPort = 53,
        Protocol = 17,
        Ttl = 64,
        Tos = 8,
        IpLength = 72,
        ObserverNode = 0,
        SourceEndpoint = Pod,
        DestinationEndpoint = Service,
        DestinationService = Dns,
        Observation = Observation.Source,
        Counted = true,
        Server = ServerEnd.Destination,
        ServerReason = ServerReason.ServiceAddress,
        ServerService = Dns,
        ServiceOrigin = ServiceOrigin.Kubernetes,
    };

    /// <summary>As many different records as wanted: ids, ports and sizes differ.</summary>
    public IEnumerable<Flow> Many(int count)
    {
        for (int i = 0; i < count; i++)
        {
            Flow record = Udp();
            record.IdLow = (ulong)i << 48;
            record.SourcePort = (ushort)(32_768 + i % 28_000);
            record.FrameLength = (uint)(64 + i % 1_400);
            record.DatagramSequence = (uint)(i / 5);
            yield return record;
        }
    }

    public static Address Address(string text)
    {
        Assert.True(SFlow.Address.TryParse(text, out Address address));
        return address;
    }

    public JsonObject Document(in Flow record, IGeoIp? places = null)
    {
        EcsDocument document = new(Registries, places);
        return Write(document, record);
    }

    public static JsonObject Write(EcsDocument document, in Flow record) => JsonNode.Parse(Text(document, record))!.AsObject();

    public string Json(in Flow record)
    {
        EcsDocument document = new(Registries);
        return Text(document, record);
    }

    private static string Text(EcsDocument document, in Flow record)
    {
        JsonBuffer buffer = new();
        document.Write(buffer, record);
        return System.Text.Encoding.UTF8.GetString(buffer.Written);
    }
}
