using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Tests.Identify;
using static SFlow.Exporter.Tests.Observe.Packets;

namespace SFlow.Exporter.Tests.Observe;

/// <summary>Where each kind of packet goes: its two labels, its service, and whether it counts. Worker-1's agent sees them all; worker-2's is presumed to export.</summary>
public sealed class LabelTableTests
{
    private readonly Packets packets = new();

    [Theory]
    // Pods, Services and what is outside.
    [InlineData("10.128.0.5", "10.128.2.7", "shop", "shop", "source")]
    [InlineData("10.128.0.5", "172.30.1.1", "shop", "shop", "source")]
    [InlineData("10.128.0.5", "203.0.113.9", "shop", "shop", "source")]
    [InlineData("10.128.0.5", "203.0.113.77", "shop", "shop", "source")]
    [InlineData("10.128.0.5", "8.8.8.8", "shop", "@internet", "source")]
    [InlineData("10.128.0.5", "10.1.2.3", "shop", "@private", "source")]
    [InlineData("10.128.0.5", "192.0.2.7", "shop", "@office", "source")]
    [InlineData("fd01:0:0:1::5", "2001:db8::1", "shop", "@internet", "source")]
    // Nodes and OVN's own addresses; what comes from mp0 of this node counts here.
    [InlineData("10.128.0.2", "10.128.0.5", "@node", "shop", "source")]
    [InlineData("192.168.100.12", "10.128.0.5", "@node", "shop", "outside")]
    [InlineData("10.128.0.5", "192.168.100.11", "shop", "@node", "source")]
    [InlineData("10.128.0.1", "10.128.0.5", "@ovn", "shop", "outside")]
    [InlineData("169.254.0.4", "10.128.0.5", "@ovn", "shop", "outside")]
    [InlineData("100.88.0.3", "10.128.0.5", "@ovn", "shop", "outside")]
    // The request to a NodePort whose backend is not on the node that took it: its only sample.
    [InlineData("100.64.0.3", "10.128.0.5", "@ovn", "shop", "outside")]
    // Cross-node: the second sample.
    [InlineData("10.128.2.7", "10.128.0.5", "shop", "shop", "destination")]
    [InlineData("10.128.2.2", "10.128.0.5", "@node", "shop", "destination")]
    // Multicast and broadcast, from a pod here and from one elsewhere.
    [InlineData("10.128.0.5", "224.0.0.251", "shop", "@multicast", "source")]
    [InlineData("10.128.2.7", "239.1.1.1", "shop", "@multicast", "destination")]
    [InlineData("10.128.0.5", "255.255.255.255", "shop", "@multicast", "source")]
    [InlineData("fe80::1", "ff02::fb", "@link", "@multicast", "outside")]
    [InlineData("0.0.0.0", "255.255.255.255", "@link", "@multicast", "outside")]
    // A pod subnet without a pod there: it is sampled first where the subnet is.
    [InlineData("10.128.0.77", "10.128.0.5", "@unknown", "shop", "source")]
    [InlineData("10.128.2.77", "10.128.0.5", "@unknown", "shop", "destination")]
    // Two live pods with one address: ambiguous, so it has no home and counts wherever it is seen.
    [InlineData("10.200.0.1", "10.128.0.5", "blue", "shop", "source")]
    public void An_address_has_its_label_and_its_place(string source, string destination, string from, string to, string observation)
    {
        Flow record = packets.See(source, 40_003, destination, 9_999, Udp);
        Assert.Equal((from, to, observation), (Label(record.SourceEndpoint), Label(record.DestinationEndpoint), SnakeCase.OfOrNull(record.Observation)));
        Assert.Equal(observation != "destination", record.Counted);
    }

    [Theory]
    [InlineData(0x0806)]
    [InlineData(0x88CC)]
    [InlineData(0x8100)]
    [InlineData(0x1234)]
    public void What_is_no_IP_is_of_the_link(int etherType)
    {
        Flow record = packets.See(new Flow { EtherType = (ushort)etherType, Facts = etherType == 0x0806 ? PacketFacts.Ethernet | PacketFacts.Arp : PacketFacts.Ethernet });
        Assert.Equal(("@link", "@link", "@other", Observation.Outside, ServerEnd.Unknown), Place(record));
    }

    [Theory]
    [InlineData(133, "fe80::5", "ff02::2")]
    [InlineData(134, "fe80::1", "ff02::1")]
    [InlineData(135, "fd01:0:0:1::5", "ff02::1:ff00:6")]
    [InlineData(135, "::", "ff02::1:ff00:6")]
    [InlineData(136, "fd01:0:0:1::6", "fd01:0:0:1::5")]
    [InlineData(137, "fe80::1", "fd01:0:0:1::5")]
    public void Neighbour_discovery_is_of_the_link(byte type, string source, string destination)
    {
        Flow record = packets.See(new Flow
        {
            Source = Cluster.Address(source),
            Destination = Cluster.Address(destination),
            Protocol = IcmpV6,
            IcmpType = type,
            Facts = PacketFacts.Ethernet | PacketFacts.IPv6 | PacketFacts.Icmp,
        });
        Assert.Equal(("@link", "@link", "@other", Observation.Outside, ServerEnd.Unknown), Place(record));
    }

    [Fact]
    public void Other_ICMPv6_goes_by_its_addresses()
    {
        Flow record = packets.See(new Flow
        {
            Source = Cluster.Address("fd01:0:0:1::5"),
            Destination = Cluster.Address("2001:db8::1"),
            Protocol = IcmpV6,
            IcmpType = 128,
            Facts = PacketFacts.Ethernet | PacketFacts.IPv6 | PacketFacts.Icmp,
        });
        Assert.Equal(("shop", "@internet", "@other", Observation.Source, ServerEnd.Destination), Place(record));
    }

    [Fact]
    public void An_agent_that_is_no_node_counts_all_it_sees()
    {
        Packets ofSwitch = new(agent: "198.51.100.250");
        foreach (string source in (string[])["10.128.0.5", "10.128.2.7", "8.8.8.8", "100.64.0.3"])
        {
            Flow record = ofSwitch.See(source, 40_003, "10.128.0.5", 9_999, Udp);
            Assert.Equal((-1, Observation.Outside, true), (record.ObserverNode, record.Observation, record.Counted));
        }
    }

    private (string, string, string, Observation, ServerEnd) Place(in Flow record) =>
        (Label(record.SourceEndpoint), Label(record.DestinationEndpoint), packets.Service(record), record.Observation, record.Server);

    private string Label(int endpoint) => packets.Registries.Endpoints[endpoint].Label;
}
