using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Tests.Identify;

namespace SFlow.Exporter.Tests.Observe;

/// <summary>One address of several: what they have in common is known, and the sample says more where it can.</summary>
public sealed class SharedAddressTests
{
    private const string One = "192.0.2.21", Two = "192.0.2.22";
    private static readonly (string, string)[] Agents = [("one", "10.88.0.2"), ("two", "10.88.2.2"), ("three", "10.88.4.2")];
    private static readonly (string, string) Machine = ("VirtualMachineInstance", "ledger");

    [Fact]
    public void A_machine_that_moves_is_where_its_packets_are_sent_from()
    {
        WatchedCluster cluster = Moving();
        Flow before = cluster.See("one", "10.88.0.60", "10.88.4.9"), beforeThere = cluster.SeeTunnelled("three", "10.88.0.60", "10.88.4.9", One, 5);
        Flow after = cluster.See("two", "10.88.0.60", "10.88.4.9"), afterThere = cluster.SeeTunnelled("three", "10.88.0.60", "10.88.4.9", Two, 5);
        Assert.Equal(("virt-launcher-old", "virt-launcher-old"), (cluster.Source(before).Name, cluster.Source(beforeThere).Name));
        Assert.Equal(("virt-launcher-new", "virt-launcher-new"), (cluster.Source(after).Name, cluster.Source(afterThere).Name));
        Assert.Equal([true, false, true, false], (bool[])[before.Counted, beforeThere.Counted, after.Counted, afterThere.Counted]);
    }

    [Fact]
    public void Between_its_two_nodes_a_machine_counts_once()
    {
        WatchedCluster cluster = Moving();
        Flow sent = cluster.See("two", "10.88.0.60", "10.88.0.70"), received = cluster.SeeTunnelled("one", "10.88.0.60", "10.88.0.70", Two, 5);
        Assert.Equal([true, false], (bool[])[sent.Counted, received.Counted]);
        Assert.Equal("two", cluster.Source(received).NodeName);
    }

    [Fact]
    public void A_packet_to_a_machine_that_moves_goes_where_it_last_sent_from_and_to_its_owner_before()
    {
        WatchedCluster cluster = Moving();
        FlowEndpoint unknown = cluster.Destination(cluster.See("three", "10.88.4.9", "10.88.0.60"));
        Assert.Equal(("vault", "ledger", null), (unknown.Label, unknown.OwnerName, unknown.Name));
        cluster.See("two", "10.88.0.60", "10.88.4.9");
        Assert.Equal("virt-launcher-new", cluster.Destination(cluster.See("three", "10.88.4.9", "10.88.0.60")).Name);
    }

    [Fact]
    public void The_Service_of_a_machine_that_moves_is_known()
    {
        WatchedCluster cluster = Moving();
        Flow reply = cluster.See("two", "10.88.0.60", "10.88.4.9", from: 9_443), request = cluster.See("three", "10.88.4.9", "10.88.0.60", to: 9_443);
        Assert.Equal(["vault/ledger:main", "vault/ledger:main"], (string[])[cluster.Registries.Services[reply.ServerService], cluster.Registries.Services[request.ServerService]]);
        Assert.Equal([ServerEnd.Source, ServerEnd.Destination], (ServerEnd[])[reply.Server, request.Server]);
    }

    [Fact]
    public void A_machine_in_migration_is_explained_with_its_namespace()
    {
        string what = Moving().Explain("10.88.0.60").What;
        Assert.Contains("vault/virt-launcher-old on one", what, StringComparison.Ordinal);
        Assert.Contains("vault/virt-launcher-new on two", what, StringComparison.Ordinal);
    }

    [Fact]
    public void Pods_of_one_namespace_and_two_owners_have_the_namespace_in_common()
    {
        WatchedCluster cluster = new(Nodes().OwnedPod("vault", "a", "one", "10.88.0.60", ("Deployment", "a")).OwnedPod("vault", "b", "one", "10.88.0.60", ("Deployment", "b")), Agents);
        FlowEndpoint source = cluster.Source(cluster.See("one", "10.88.0.60", "203.0.113.4"));
        Assert.Equal(("vault", "vault", null, null, "one"), (source.Label, source.Namespace, source.Name, source.OwnerName, source.NodeName));
    }

    [Theory]
    [InlineData(443, "web", "gate", "web/gate:main")]
    [InlineData(25, "post", "mail", "post/mail:main")]
    [InlineData(22, ReservedLabels.Unknown, null, "@tcp/22")]
    public void Services_on_one_balancer_are_distinguished_by_port_in_labels_and_names(ushort port, string label, string? name, string service)
    {
        WatchedCluster cluster = new(Nodes().Pod("web", "client", "one", "10.88.0.60")
            .Service("web", "gate", "172.30.1.1", 443, "203.0.113.80").Service("post", "mail", "172.30.1.2", 25, "203.0.113.80"), Agents);
        Flow request = cluster.See("one", "10.88.0.60", "203.0.113.80", to: port);
        FlowEndpoint called = cluster.Destination(request);
        Assert.Equal((label, name, service), (called.Label, called.Name, cluster.Registries.Services[request.ServerService]));
        Assert.Equal(name is null ? null : label, called.Namespace);
    }

    [Fact]
    public void An_address_of_two_nodes_is_the_node_that_sends_from_it()
    {
        MadeCluster nodes = Nodes();
        nodes.Node("four", "192.0.2.24", """{"default":["10.88.6.0/23"]}""").Node("five", "192.0.2.24", """{"default":["10.88.8.0/23"]}""");
        WatchedCluster cluster = new(nodes, [("four", "10.88.6.2"), ("five", "10.88.8.2")]);
        Assert.Equal(("four", "five"), (cluster.Source(cluster.See("four", "192.0.2.24", "10.88.6.9")).Name, cluster.Source(cluster.See("five", "192.0.2.24", "10.88.8.9")).Name));
    }

    [Theory]
    [InlineData("""{"ready":false,"serving":true,"terminating":true}""")]
    [InlineData("""{"ready":false,"serving":false,"terminating":false}""")]
    [InlineData("""{"ready":false,"serving":false,"terminating":true}""")]
    [InlineData("""{"ready":null}""")]
    [InlineData("null")]
    public void An_end_of_a_Service_answers_whatever_its_conditions(string conditions)
    {
        WatchedCluster cluster = new(Nodes().Pod("vault", "leaving", "one", "10.88.0.60").Service("vault", "store", "172.30.1.9", 8443)
            .Slice("vault", "store", 18_443, null, $$"""[{"addresses":["10.88.0.60"],"conditions":{{conditions}}}]"""), Agents);
        Flow reply = cluster.See("one", "10.88.0.60", "10.88.4.9", from: 18_443, to: 39_000);
        Assert.Equal(("vault/store:main", ServerEnd.Source, false), (cluster.Registries.Services[reply.ServerService], reply.Server, reply.IsInitiator));
    }

    private static WatchedCluster Moving() => new(Nodes()
        .OwnedPod("vault", "virt-launcher-old", "one", "10.88.0.60", Machine).OwnedPod("vault", "virt-launcher-new", "two", "10.88.0.60", Machine)
        .Pod("vault", "neighbour", "one", "10.88.0.70").Pod("desk", "client", "three", "10.88.4.9")
        .Service("vault", "ledger", "172.30.5.5", 443).Slice("vault", "ledger", 9_443, null, """[{"addresses":["10.88.0.60"]}]"""), Agents);

    private static MadeCluster Nodes() => new MadeCluster()
        .Node("one", One, """{"default":["10.88.0.0/23"]}""").Node("two", Two, """{"default":["10.88.2.0/23"]}""").Node("three", "192.0.2.23", """{"default":["10.88.4.0/23"]}""");
}
