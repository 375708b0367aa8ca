using System.Text.Json.Nodes;
using SFlow.Exporter.Identify;
using SFlow.Exporter.Identify.Index;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Identify;

/// <summary>What is read of networks: from their definitions, from pods and from nodes, and what is made of bad ones.</summary>
public sealed class NetworkDefinitionTests
{
    private const string Layer2 = """{"topology":"Layer2","layer2":{"role":"Primary","subnets":["10.31.0.0/16"]}}""";
    private readonly Registries names = new();

    [Fact]
    public void The_name_of_a_network_is_the_one_in_its_configuration() => Assert.Equal("lan-9", NetworkOf(Pod().Attachment("ops", "lan", Config("lan-9"))));

    [Fact]
    public void Without_it_a_definition_of_the_namespace_or_of_the_cluster_gives_the_name()
    {
        Assert.Equal("ops_lan", NetworkOf(Pod().Add("UserDefinedNetwork", "ops", "lan", [], Spec(Layer2))));
        Assert.Equal("cluster_udn_lan", NetworkOf(Pod().Add("ClusterUserDefinedNetwork", "", "lan", [], Spec($$"""{"network":{{Layer2}}}"""))));
    }

    [Theory]
    [InlineData("""{"default":"0","ops_lan":"7"}""", "ops_lan")]
    [InlineData("""{"default":"0","cluster_udn_lan":"7"}""", "cluster_udn_lan")]
    [InlineData("""{"default":"0","other":"7"}""", "ops/lan")]
    [InlineData("no JSON", "ops/lan")]
    public void Without_any_definition_what_nodes_know_gives_the_name(string networkIds, string name) =>
        Assert.Equal(name, NetworkOf(Pod().Node("one", "192.0.2.31", """{"default":["10.30.0.0/23"]}""", networkIds)));

    [Theory]
    [InlineData("""{"name":"lan-9","type":"macvlan"}""")]
    [InlineData("[]")]
    [InlineData("{")]
    public void A_definition_that_is_not_of_OVN_gives_none(string config) => Assert.Equal("ops/lan", NetworkOf(Pod().Attachment("ops", "lan", config)));

    [Fact]
    public void A_name_that_comes_later_renames_the_pod()
    {
        ClusterIndex index = Index(Pod());
        Assert.Equal("ops/lan", Find(index, "10.31.0.9").Network);
        index.Replace(Pod().Attachment("ops", "lan", Config("lan-9")).Objects);
        Assert.Equal("lan-9", Find(index, "10.31.0.9").Network);
        index.Replace(Pod().Objects);
        Assert.Equal("ops/lan", Find(index, "10.31.0.9").Network);
    }

    [Theory]
    [InlineData("10.31.0.1", ReservedLabels.Ovn)]
    [InlineData("10.31.0.2", ReservedLabels.Node)]
    [InlineData("10.31.200.1", ReservedLabels.Unknown)]
    [InlineData("100.90.0.4", ReservedLabels.Ovn)]
    [InlineData("10.32.0.1", ReservedLabels.Private)]
    public void A_layer_two_network_has_addresses_of_its_own(string address, string label)
    {
        ClusterIndex index = Index(Pod().Attachment("ops", "lan", """
            {"type":"ovn-k8s-cni-overlay","name":"lan-9","topology":"layer2","role":"primary","subnets":"10.31.0.0/16,fd31::/64","joinSubnet":"100.90.0.0/16"}
            """));
        Assert.Equal(label, Find(index, address).Label);
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("[1]")]
    [InlineData("""{"ops/lan":7}""")]
    [InlineData("""{"ops/lan":{"ip_addresses":["10.31.0.900/16"]}}""")]
    [InlineData("""{"ops/lan":{"ip_addresses":[12]}}""")]
    public void A_bad_annotation_of_a_pod_is_counted_and_leaves_its_other_address(string annotation)
    {
        MadeCluster cluster = new MadeCluster().Pod("ops", "box", "one", "10.30.0.9", ("ops/lan", "10.31.0.9/16"));
        IReadOnlyList<KubernetesObject> objects = cluster.Objects;
        objects[0].Metadata.Annotations!["k8s.ovn.org/pod-networks"] = annotation;
        ClusterIndex index = new(names, new IdentifyOptions(), new KubernetesOptions(), TimeProvider.System);
        index.Replace(objects);
        AddressBook book = index.Publish();
        Assert.Equal(("box", 1), (Find(index, "10.30.0.9").Name, book.Facts.SkippedEntries));
    }

    [Theory]
    [InlineData("""{"ops/lan":{"ip_address":"10.31.0.9/16"}}""")]
    [InlineData("""{"ops/lan":{"ip_addresses":["10.31.0.9"]}}""")]
    [InlineData("""{"ops/lan/1":{"ip_addresses":["10.31.0.9/16"],"role":"secondary"}}""")]
    public void Other_spellings_of_a_pods_address_are_read(string annotation)
    {
        IReadOnlyList<KubernetesObject> objects = new MadeCluster().Pod("ops", "box", "one", "10.30.0.9", ("x/y", "10.9.9.9/16")).Objects;
        objects[0].Metadata.Annotations!["k8s.ovn.org/pod-networks"] = annotation;
        ClusterIndex index = new(names, new IdentifyOptions(), new KubernetesOptions(), TimeProvider.System);
        index.Replace(objects);
        Assert.Equal(("box", "ops/lan"), (Find(index, "10.31.0.9").Name, Find(index, "10.31.0.9").Network));
    }

    [Fact]
    public void Other_kinds_may_have_anything_in_the_places_of_a_network() =>
        Assert.Equal("box", Find(Index(Pod().Add("Gadget", "ops", "odd", [], Spec("""{"config":{"a":[1]},"topology":[2],"network":"x","layer2":3}"""))), "10.31.0.9").Name);

    private static MadeCluster Pod() => new MadeCluster().Pod("ops", "box", "one", "10.30.0.9", ("ops/lan", "10.31.0.9/16"));

    private static string Config(string name) => $$"""{"type":"ovn-k8s-cni-overlay","name":"{{name}}","topology":"layer2","subnets":"10.31.0.0/16"}""";

    private static JsonObject Spec(string json) => new() { ["spec"] = MadeCluster.Parse(json) };

    private ClusterIndex Index(MadeCluster cluster)
    {
        ClusterIndex index = new(names, new IdentifyOptions(), new KubernetesOptions(), TimeProvider.System);
        index.Replace(cluster.Objects);
        return index;
    }

    private string? NetworkOf(MadeCluster cluster) => Find(Index(cluster), "10.31.0.9").Network;

    private FlowEndpoint Find(ClusterIndex index, string address) => names.Endpoints[index.Publish().Find(Cluster.Address(address))];
}
