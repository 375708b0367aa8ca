using SFlow.Exporter.Pipeline;
using static SFlow.Exporter.Tests.Observe.Packets;

namespace SFlow.Exporter.Tests.Observe;

/// <summary>Which end serves, and how that is known: what Kubernetes knows is never overruled by numbers.</summary>
public sealed class ServerRuleTests(ITestOutputHelper output)
{
    private const string Web = "10.128.0.5", Orphan = "10.128.2.6", Backup = "10.128.2.7", Outside = "198.51.100.9";
    private readonly Packets packets = new();

    /// <summary>Request and reply; the server's end is always the second one here. No packet opens its connection.</summary>
    [Theory]
    [InlineData(Backup, 40_000, "172.30.1.1", 80, Tcp, "service_address", "shop/web:http", "kubernetes")]
    [InlineData(Backup, 4_443, "172.30.1.1", 80, Tcp, "service_address", "shop/web:http", "kubernetes")]
    [InlineData(Backup, 22, "172.30.1.1", 80, Tcp, "service_address", "shop/web:http", "kubernetes")]
    [InlineData(Outside, 22, "203.0.113.9", 80, Tcp, "service_address", "shop/web:http", "kubernetes")]
    [InlineData(Backup, 22, "172.30.1.1", 9_443, Tcp, "service_address", "@tcp/9443", "iana")]
    [InlineData(Backup, 22, "172.30.1.1", 59_999, Tcp, "service_address", "@other", null)]
    [InlineData(Backup, 80, Web, 8_080, Tcp, "endpoint_port", "shop/all:81", "kubernetes")]
    [InlineData(Outside, 443, "192.168.100.200", 6_443, Tcp, "endpoint_port", "default/api:https", "kubernetes")]
    [InlineData(Outside, 80, "192.168.100.11", 30_080, Tcp, "service_address", "shop/web:http", "kubernetes")]
    [InlineData(Outside, 80, "192.168.100.12", 30_080, Tcp, "service_address", "shop/web:http", "kubernetes")]
    [InlineData(Backup, 80, Web, 9_999, Tcp, "container_port", "@tcp/9999", "container")]
    [InlineData(Backup, 80, "fd01:0:0:1::5", 9_999, Tcp, "container_port", "@tcp/9999", "container")]
    [InlineData(Backup, 80, "192.168.100.11", 19_979, Tcp, "container_port", "@tcp/19979", "container")]
    [InlineData(Web, 9_999, "172.30.1.1", 80, Tcp, "service_address", "shop/web:http", "kubernetes")]
    [InlineData(Web, 9_999, "192.168.100.200", 6_443, Tcp, "endpoint_port", "default/api:https", "kubernetes")]
    [InlineData("192.168.100.11", 30_080, "192.168.100.200", 6_443, Tcp, "endpoint_port", "default/api:https", "kubernetes")]
    [InlineData("172.30.1.1", 40_000, Web, 8_080, Tcp, "endpoint_port", "shop/all:81", "kubernetes")]
    [InlineData(Backup, 40_003, Outside, 443, Tcp, "iana_port", "@tcp/443", "iana")]
    [InlineData(Backup, 33_333, Outside, 36_412, Sctp, "iana_port", "@sctp/36412", "iana")]
    [InlineData(Backup, 33_335, Outside, 53, Udp, "iana_port", "@udp/53", "iana")]
    [InlineData(Backup, 823, Outside, 2_049, Tcp, "iana_port", "@tcp/2049", "iana")]
    [InlineData(Backup, 1_022, Outside, 3_260, Tcp, "iana_port", "@tcp/3260", "iana")]
    [InlineData(Backup, 717, Outside, 5_432, Tcp, "iana_port", "@tcp/5432", "iana")]
    [InlineData(Backup, 700, Outside, 2_049, Udp, "iana_port", "@udp/2049", "iana")]
    [InlineData(Backup, 749, Outside, 20_048, Tcp, "iana_port", "@tcp/20048", "iana")]
    [InlineData(Backup, 2_049, Outside, 443, Tcp, "lower_port", "@tcp/443", "iana")]
    [InlineData(Backup, 59_998, Outside, 823, Tcp, "iana_port", "@tcp/823", "iana")]
    [InlineData(Backup, 700, Outside, 443, Tcp, "lower_port", "@tcp/443", "iana")]
    [InlineData(Backup, 59_998, Outside, 59_997, Tcp, "lower_port", "@other", null)]
    public void Both_directions_name_the_same_server(
        string client, int clientPort, string server, int serverPort, byte protocol, string reason, string service, string? origin)
    {
        Flow request = packets.See(client, clientPort, server, serverPort, protocol), reply = packets.See(server, serverPort, client, clientPort, protocol);
        Assert.Equal(("destination", reason, service, origin), (SnakeCase.OfOrNull(request.Server), SnakeCase.OfOrNull(request.ServerReason), packets.Service(request), SnakeCase.OfOrNull(request.ServiceOrigin)));
        Assert.Equal(("source", reason, service, origin), (SnakeCase.OfOrNull(reply.Server), SnakeCase.OfOrNull(reply.ServerReason), packets.Service(reply), SnakeCase.OfOrNull(reply.ServiceOrigin)));
        Assert.Equal((true, false), (request.IsInitiator, reply.IsInitiator));
    }

    [Theory]
    [InlineData(4_443, 50_051)]
    [InlineData(443, 8_443)]
    [InlineData(53, 60_000)]
    public void A_handshake_shows_the_server_and_is_remembered(int clientPort, int serverPort)
    {
        Assert.Equal((ServerEnd.Destination, ServerReason.Syn), Of(packets.See(Backup, clientPort, Orphan, serverPort, flags: TcpFlag.Syn)));
        Assert.Equal((ServerEnd.Source, ServerReason.SynAck), Of(packets.See(Orphan, serverPort, Backup, clientPort, flags: TcpFlag.Syn | TcpFlag.Acknowledge)));
        Assert.Equal((ServerEnd.Destination, ServerReason.ListeningHistory), Of(packets.See(Backup, clientPort, Orphan, serverPort)));
        Assert.Equal((ServerEnd.Source, ServerReason.ListeningHistory), Of(packets.See(Orphan, serverPort, Backup, clientPort)));
        Assert.Equal((ServerEnd.Destination, ServerReason.ListeningHistory), Of(packets.See(Backup, clientPort + 1, Orphan, serverPort)));
    }

    [Fact]
    public void What_Kubernetes_knows_holds_for_a_port_that_numbers_would_take_for_the_clients()
    {
        int compared = 0;
        foreach (string client in (string[])[Backup, Orphan, Outside, "192.168.100.11", "100.64.0.2", "8.8.8.8"])
            foreach (int clientPort in (int[])[1, 22, 53, 80, 443, 1_024, 4_443, 8_079, 8_443, 32_768, 50_051, 65_535])
                foreach ((string server, int port) in ((string, int)[])[(Web, 8_080), (Web, 9_999), ("172.30.1.1", 80), ("203.0.113.9", 80), ("172.30.0.1", 443), ("192.168.100.200", 6_443), ("192.168.100.12", 30_080)])
                {
                    Assert.Equal(ServerEnd.Destination, packets.See(client, clientPort, server, port).Server);
                    Assert.Equal(ServerEnd.Source, packets.See(server, port, client, clientPort).Server);
                    compared += 2;
                }
        output.WriteLine($"{compared} packets, all to the end that Kubernetes knows");
    }

    [Fact]
    public void Two_hosts_without_any_difference_have_no_server_and_one_name()
    {
        Flow one = packets.See(Backup, 7_946, Orphan, 7_946, Udp), other = packets.See(Orphan, 7_946, Backup, 7_946, Udp);
        Assert.Equal((ServerEnd.Unknown, ServerReason.None), Of(one));
        Assert.Equal((ServerEnd.Unknown, ServerReason.None), Of(other));
        Assert.Equal(one.ServerService, other.ServerService);
    }

    [Fact]
    public void Groups_serve_and_never_call()
    {
        Assert.Equal((ServerEnd.Destination, ServerReason.GroupAddress), Of(packets.See(Backup, 53, "224.0.0.251", 5_353, Udp)));
        Assert.Equal((ServerEnd.Destination, ServerReason.GroupAddress), Of(packets.See(Backup, 53, "255.255.255.255", 60_000, Udp)));
        Assert.Equal((ServerEnd.Destination, ServerReason.GroupAddress), Of(packets.See("fd01:0:0:1::5", 53, "ff02::fb", 5_353, Udp)));
    }

    [Theory]
    [InlineData(Icmp, 8, "destination", "echo")]
    [InlineData(Icmp, 0, "source", "echo")]
    [InlineData(IcmpV6, 128, "destination", "echo")]
    [InlineData(IcmpV6, 129, "source", "echo")]
    [InlineData(Icmp, 3, null, null)]
    [InlineData(IcmpV6, 1, null, null)]
    public void Who_asks_for_an_echo_began_it(byte protocol, byte type, string? server, string? reason)
    {
        Flow record = packets.See(new Flow
        {
            Source = Identify.Cluster.Address(Web),
            Destination = Identify.Cluster.Address(Outside),
            Protocol = protocol,
            IcmpType = type,
            Facts = PacketFacts.IPv4 | PacketFacts.Icmp,
        });
        Assert.Equal((server, reason), (SnakeCase.OfOrNull(record.Server), SnakeCase.OfOrNull(record.ServerReason)));
        Assert.Equal("@other", packets.Service(record));
    }

    [Fact]
    public void A_fragment_without_ports_has_its_two_hosts_and_a_server_only_where_the_address_shows_it()
    {
        Flow toService = packets.See(Fragment(Backup, "172.30.1.1")), toPod = packets.See(Fragment(Backup, Web));
        Assert.Equal((ServerEnd.Destination, ServerReason.ServiceAddress), Of(toService));
        Assert.Equal((ServerEnd.Unknown, ServerReason.None), Of(toPod));
        foreach (Flow record in (Flow[])[toService, toPod])
        {
            Assert.Equal("@other", packets.Service(record));
            Assert.Equal(("shop", "shop"), (packets.Registries.Endpoints[record.SourceEndpoint].Label, packets.Registries.Endpoints[record.DestinationEndpoint].Label));
        }
    }

    private static (ServerEnd, ServerReason) Of(in Flow record) => (record.Server, record.ServerReason);

    private static Flow Fragment(string source, string destination) => new()
    {
        Source = Identify.Cluster.Address(source),
        Destination = Identify.Cluster.Address(destination),
        Protocol = Udp,
        FragmentOffset = 185,
        Facts = PacketFacts.IPv4 | PacketFacts.Fragment,
    };
}
