using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Tests.Identify;

namespace SFlow.Exporter.Tests.Observe;

/// <summary>Pods on user-defined networks, whose subnets may overlap: each is named, and each packet counts once.</summary>
public sealed class UserNetworkTests
{
    private const string One = "192.0.2.11", Two = "192.0.2.12", Three = "192.0.2.13";
    private static readonly (string, string)[] Agents = [("one", "10.77.0.2"), ("two", "10.77.2.2"), ("three", "10.77.4.2")];

    [Theory]
    [InlineData("10.40.1.5", "10.40.2.5")]
    [InlineData("fd40:0:0:1::5", "fd40:0:0:2::5")]
    public void Pods_of_a_layer_three_network_are_named_by_their_annotation(string from, string to)
    {
        WatchedCluster cluster = Watch(Nodes(("amber_l3", "10.40.1.0/24"), ("amber_l3", "10.40.2.0/24"))
            .Pod("amber", "front", "one", "10.77.0.9", ("amber/l3", "10.40.1.5/24,fd40:0:0:1::5/64"))
            .Pod("amber", "back", "two", "10.77.2.9", ("amber/l3", "10.40.2.5/24,fd40:0:0:2::5/64")));
        Flow sent = cluster.See("one", from, to), received = cluster.SeeTunnelled("two", from, to, One, 41);
        Assert.Equal(("front", "amber", "amber_l3"), (cluster.Source(sent).Name, cluster.Source(sent).Label, cluster.Source(sent).Network));
        Assert.Equal(("back", "amber", "amber_l3"), (cluster.Destination(sent).Name, cluster.Destination(sent).Label, cluster.Destination(sent).Network));
        Assert.Equal((Observation.Source, Observation.Destination), (sent.Observation, received.Observation));
    }

    [Fact]
    public void The_same_pod_stays_known_on_the_default_network()
    {
        WatchedCluster cluster = Watch(Nodes().Pod("amber", "front", "one", "10.77.0.9", ("amber/l3", "10.40.1.5/24")));
        Flow probe = cluster.See("one", "10.77.0.9", "10.77.0.2");
        Assert.Equal(("front", null), (cluster.Source(probe).Name, cluster.Source(probe).Network));
    }

    [Fact]
    public void A_packet_on_a_layer_two_network_counts_once()
    {
        WatchedCluster cluster = Watch(Nodes()
            .Pod("amber", "front", "one", "10.77.0.9", ("amber/flat", "10.50.0.5/16"))
            .Pod("amber", "back", "two", "10.77.2.9", ("amber/flat", "10.50.0.6/16")));
        Assert.Equal([Observation.Source, Observation.Destination], (Observation[])
            [cluster.See("one", "10.50.0.5", "10.50.0.6").Observation, cluster.SeeTunnelled("two", "10.50.0.5", "10.50.0.6", One, 41).Observation]);
    }

    [Fact]
    public void The_subnet_of_one_network_is_no_home_of_the_pods_of_another_one()
    {
        // Node two has 10.60.5.0/24 of network red; a pod of network blue, on node one, has an address in it.
        WatchedCluster cluster = Watch(Nodes(("red_net", "10.60.4.0/24"), ("red_net", "10.60.5.0/24")).Pod("blue", "lone", "one", "10.77.0.9", ("blue/flat", "10.60.5.44/16")));
        Flow sent = cluster.See("one", "10.60.5.44", "203.0.113.9");
        Assert.Equal((Observation.Source, true, "lone"), (sent.Observation, sent.Counted, cluster.Source(sent).Name));
    }

    [Theory]
    [InlineData("one", "two", "red")]
    [InlineData("two", "one", "blue")]
    public void Of_two_networks_with_one_subnet_the_node_identifies_one(string sender, string receiver, string space)
    {
        WatchedCluster cluster = Watch(Twins());
        string from = sender == "one" ? One : Two;
        Flow sent = cluster.See(sender, "10.70.0.5", "10.70.0.6", port: 3), received = cluster.SeeTunnelled(receiver, "10.70.0.5", "10.70.0.6", from, 41);
        foreach (Flow seen in (Flow[])[sent, received])
        {
            Assert.Equal((space, $"{space}-a", $"{space}_flat"), (cluster.Source(seen).Label, cluster.Source(seen).Name, cluster.Source(seen).Network));
            Assert.Equal((space, $"{space}-b"), (cluster.Destination(seen).Label, cluster.Destination(seen).Name));
        }
        Assert.Equal([true, false], (bool[])[sent.Counted, received.Counted]);
    }

    [Theory]
    [InlineData(16_711_683 + 8, "red")]
    [InlineData(16_711_683 + 9, "blue")]
    public void Where_both_have_it_on_one_node_the_tunnel_identifies_one(uint tunnel, string space)
    {
        WatchedCluster cluster = Watch(Crowded("""{"default":"0","red_flat":"8","blue_flat":"9"}"""));
        Flow received = cluster.SeeTunnelled("two", "10.70.0.5", "10.70.0.6", One, tunnel);
        Assert.Equal(($"{space}-a", $"{space}-b"), (cluster.Source(received).Name, cluster.Destination(received).Name));
        Assert.False(received.Counted);
    }

    [Fact]
    public void A_tunnel_with_an_unknown_number_is_learned_from_packets_that_are_certain()
    {
        WatchedCluster cluster = Watch(Crowded(null).Pod("blue", "blue-c", "two", "10.77.2.30", ("blue/flat", "10.70.0.99/16")));
        Assert.Null(cluster.Source(cluster.SeeTunnelled("two", "10.70.0.5", "10.70.0.6", One, 55)).Name);
        cluster.SeeTunnelled("two", "10.70.0.5", "10.70.0.99", One, 55);
        Assert.Equal("blue-a", cluster.Source(cluster.SeeTunnelled("two", "10.70.0.5", "10.70.0.6", One, 55)).Name);
    }

    [Fact]
    public void The_port_of_a_pod_is_learned_from_a_packet_whose_other_end_is_certain()
    {
        WatchedCluster cluster = Watch(Crowded(null).Pod("blue", "blue-c", "two", "10.77.2.30", ("blue/flat", "10.70.0.99/16")));
        Flow before = cluster.See("one", "10.70.0.5", "10.70.0.6", port: 31), certain = cluster.See("one", "10.70.0.5", "10.70.0.99", port: 31);
        Flow after = cluster.See("one", "10.70.0.5", "10.70.0.6", port: 31), other = cluster.See("one", "10.70.0.5", "10.70.0.6", port: 32);
        Assert.Equal((null, "blue-a", "blue-a", null), (cluster.Source(before).Name, cluster.Source(certain).Name, cluster.Source(after).Name, cluster.Source(other).Name));
        Assert.Equal("blue-b", cluster.Destination(after).Name);
        Assert.All((Flow[])[before, certain, after, other], record => Assert.Equal((Observation.Source, true), (record.Observation, record.Counted)));
    }

    [Fact]
    public void Without_any_evidence_a_packet_still_counts_once()
    {
        // Two networks have the address on node one, a third one has it on node three.
        WatchedCluster cluster = Watch(Crowded(null).Pod("gray", "gray-a", "three", "10.77.4.20", ("gray/flat", "10.70.0.5/16")));
        Flow sent = cluster.See("one", "10.70.0.5", "198.51.100.7", port: 3), received = cluster.SeeTunnelled("two", "10.70.0.5", "10.70.0.6", One, 77);
        Assert.Equal(ReservedLabels.Unknown, cluster.Source(sent).Label);
        Assert.Equal([true, false], (bool[])[sent.Counted, received.Counted]);
    }

    [Fact]
    public void A_pod_that_is_not_known_has_its_home_where_the_packet_was_sent()
    {
        string config = """{"type":"ovn-k8s-cni-overlay","name":"red_flat","topology":"layer2","role":"primary","subnets":"10.70.0.0/16"}""";
        WatchedCluster cluster = Watch(Nodes().Attachment("red", "flat", config));
        Flow sent = cluster.See("one", "10.70.9.9", "10.70.9.8"), received = cluster.SeeTunnelled("two", "10.70.9.9", "10.70.9.8", One, 41);
        Assert.Equal((ReservedLabels.Unknown, "red_flat", "one"), (cluster.Source(sent).Label, cluster.Source(sent).Network, cluster.Source(sent).NodeName));
        Assert.Equal([Observation.Source, Observation.Destination], (Observation[])[sent.Observation, received.Observation]);
    }

    [Fact]
    public void Overlapping_subnets_of_two_networks_leave_what_is_lost_in_them_to_the_sample()
    {
        // 10.60.4.0/24 is node one's in network red and node two's in network blue.
        WatchedCluster cluster = Watch(new MadeCluster()
            .Node("one", One, """{"default":["10.77.0.0/23"],"red_net":["10.60.4.0/24"],"blue_net":["10.60.5.0/24"]}""")
            .Node("two", Two, """{"default":["10.77.2.0/23"],"red_net":["10.60.5.0/24"],"blue_net":["10.60.4.0/24"]}""")
            .Node("three", Three, """{"default":["10.77.4.0/23"]}"""));
        Flow first = cluster.See("one", "10.60.4.70", "198.51.100.7"), second = cluster.See("two", "10.60.4.70", "198.51.100.7");
        Assert.Equal([("red_net", true), ("blue_net", true)], ((string?, bool)[])[(cluster.Source(first).Network, first.Counted), (cluster.Source(second).Network, second.Counted)]);
    }

    [Fact]
    public void An_agent_is_of_the_node_that_has_its_address_on_the_default_network()
    {
        WatchedCluster cluster = Watch(Nodes(("red_net", "10.77.2.0/24")).Pod("blue", "lone", "three", "10.77.4.9", ("blue/flat", "10.77.2.2/16")));
        Assert.Equal("two", cluster.Registries.Nodes[cluster.See("two", "203.0.113.1", "203.0.113.2").ObserverNode].Name);
    }

    [Fact]
    public void A_mirrored_slice_names_the_Service_of_the_pods_of_its_network_only()
    {
        WatchedCluster cluster = Watch(Twins().Service("red", "store", "172.30.9.1", 5432)
            .Slice("red", "store", 15432, "red_flat", """[{"addresses":["10.70.0.6"],"conditions":{"ready":true}}]"""));
        Flow red = cluster.See("two", "10.70.0.6", "10.70.0.5", port: 4, from: 15_432), blue = cluster.See("one", "10.70.0.6", "10.70.0.5", port: 4, from: 15_432);
        Assert.Equal(("red-b", "red/store:main"), (cluster.Source(red).Name, cluster.Registries.Services[red.SourceService]));
        Assert.Equal(("blue-b", 0), (cluster.Source(blue).Name, blue.SourceService));
    }

    [Fact]
    public void Explain_says_the_network_and_all_who_share_an_address()
    {
        WatchedCluster cluster = Watch(Twins());
        Assert.Contains("pod red/red-a on one in network red_flat and pod blue/blue-a on two in network blue_flat", cluster.Explain("10.70.0.5").What, StringComparison.Ordinal);
        Assert.Null(cluster.Explain("10.70.0.5").Network);
        WatchedCluster single = Watch(Nodes().Pod("amber", "front", "one", "10.77.0.9", ("amber/l3", "10.40.1.5/24")));
        Assert.Equal(("pod amber/front on one in network amber/l3", "amber/l3"), (single.Explain("10.40.1.5").What, single.Explain("10.40.1.5").Network));
    }

    /// <summary>Networks red and blue with one subnet: red's first pod is on node one and its second one on node two, blue's the other way round.</summary>
    private static MadeCluster Twins() => Nodes(("red_flat", "10.99.0.0/24"), ("blue_flat", "10.99.1.0/24"))
        .Pod("red", "red-a", "one", "10.77.0.20", ("red/flat", "10.70.0.5/16")).Pod("red", "red-b", "two", "10.77.2.20", ("red/flat", "10.70.0.6/16"))
        .Pod("blue", "blue-a", "two", "10.77.2.21", ("blue/flat", "10.70.0.5/16")).Pod("blue", "blue-b", "one", "10.77.0.21", ("blue/flat", "10.70.0.6/16"));

    /// <summary>The same with both first pods on node one, and both second ones on node two.</summary>
    private static MadeCluster Crowded(string? networkIds) => Nodes(networkIds)
        .Pod("red", "red-a", "one", "10.77.0.20", ("red/flat", "10.70.0.5/16")).Pod("red", "red-b", "two", "10.77.2.20", ("red/flat", "10.70.0.6/16"))
        .Pod("blue", "blue-a", "one", "10.77.0.21", ("blue/flat", "10.70.0.5/16")).Pod("blue", "blue-b", "two", "10.77.2.21", ("blue/flat", "10.70.0.6/16"));

    private static MadeCluster Nodes(string? networkIds) => new MadeCluster()
        .Node("one", One, """{"default":["10.77.0.0/23"]}""", networkIds).Node("two", Two, """{"default":["10.77.2.0/23"]}""", networkIds).Node("three", Three, """{"default":["10.77.4.0/23"]}""");

    /// <summary>Three nodes; the first ones have a subnet of a network besides.</summary>
    private static MadeCluster Nodes(params (string Network, string Subnet)[] more)
    {
        string Subnets(int node, string own) => node < more.Length ? $$"""{"default":["{{own}}"],"{{more[node].Network}}":["{{more[node].Subnet}}"]}""" : $$"""{"default":["{{own}}"]}""";
        return new MadeCluster().Node("one", One, Subnets(0, "10.77.0.0/23")).Node("two", Two, Subnets(1, "10.77.2.0/23")).Node("three", Three, Subnets(2, "10.77.4.0/23"));
    }

    private static WatchedCluster Watch(MadeCluster cluster) => new(cluster, Agents);
}
