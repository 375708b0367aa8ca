using System.Text.Json;
using SFlow.Exporter.Commands;
using SFlow.Exporter.Identify;
using SFlow.Exporter.Identify.Explain;
using SFlow.Exporter.Identify.Index;
using SFlow.Exporter.Identify.Resources;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Identify;

public sealed class ExplainTests
{
    [Theory]
    [InlineData("10.128.0.5", "pod shop/web-5d9-x on worker-1", "status.podIPs of the pod")]
    [InlineData("10.200.0.1", "shared by pod blue/twin-a on worker-1 and pod red/twin-b on worker-2", "status.podIPs of the pod; the port, tunnel and node of a sample, and the network of its peer, show which one applies")]
    [InlineData("100.64.0.2", "join-switch port of worker-1", "annotation k8s.ovn.org/node-gateway-router-lrp-ifaddr of the node")]
    [InlineData("100.88.0.3", "address of OVN's transit networks", "longest known network that holds it: 100.88.0.0/16")]
    [InlineData("10.128.2.2", "ovn-k8s-mp0 of worker-2, the agent address of its sFlow", "second address of 10.128.2.0/23 (annotation k8s.ovn.org/node-subnets of the node)")]
    [InlineData("10.128.2.1", "router port in the pod subnet of worker-2", "first address of 10.128.2.0/23 (annotation k8s.ovn.org/node-subnets of the node)")]
    [InlineData("10.128.2.99", "address in the pod subnet of worker-2; no pod is known there, now or lately", "longest known network that holds it: 10.128.2.0/23")]
    [InlineData("192.168.100.11", "node worker-1", "InternalIP in status.addresses of the node")]
    [InlineData("192.168.100.101", "node worker-1", "annotation k8s.ovn.org/l3-gateway-config of the node")]
    [InlineData("172.30.1.1", "cluster IP of Service shop/web", "the Service itself")]
    [InlineData("203.0.113.9", "load-balancer IP of Service shop/web", "the Service itself")]
    [InlineData("192.168.100.200", "endpoint of Service default/api, neither pod nor node; private address (RFC 1918)", "EndpointSlice default/api-1")]
    [InlineData("192.0.2.7", "address of the network that the configuration names office", "longest known network that holds it: 192.0.2.0/24")]
    [InlineData("8.8.8.8", "public address", "longest known network that holds it: 0.0.0.0/0")]
    [InlineData("fe80::1", "link-local address", "longest known network that holds it: fe80::/10")]
    public void An_address_is_explained_in_words(string address, string what, string how)
    {
        Explanation explanation = Cluster.Index(new Registries(), "office=192.0.2.0/24").Explain(Cluster.Address(address), null);
        Assert.Equal((what, how), (explanation.What, explanation.How));
    }

    /// <summary>The namespace of whoever has the address, for a Service and an end of one too; none where the answer is in none.</summary>
    [Theory]
    [InlineData("10.128.0.5", "shop \"The shop\", since 2026-11-01 08:00:00Z, requested by alice; being deleted since 2026-11-24 10:00:00Z")]
    [InlineData("172.30.1.1", "shop \"The shop\", since 2026-11-01 08:00:00Z, requested by alice; being deleted since 2026-11-24 10:00:00Z")]
    [InlineData("172.30.0.1", "default, since 2026-10-01 08:00:00Z")]
    [InlineData("192.168.100.200", "default, since 2026-10-01 08:00:00Z")]
    [InlineData("10.200.0.1", null)]
    [InlineData("192.168.100.11", null)]
    [InlineData("8.8.8.8", null)]
    public void The_namespace_is_explained_with_the_owner(string address, string? space) =>
        Assert.Equal(space, WithNamespaces().Explain(Cluster.Address(address), null).Namespace?.ToString());

    [Fact]
    public void A_namespace_that_is_gone_is_marked_as_such_as_long_as_the_address_goes_by_its_name()
    {
        ClusterIndex index = WithNamespaces();
        index.Remove("Pod", new ObjectKey("shop", "web-5d9-x"));
        index.Remove("Namespace", new ObjectKey("", "shop"));
        Explanation explanation = index.Explain(Cluster.Address("10.128.0.5"), null);
        Assert.StartsWith("no current owner; pod shop/web-5d9-x", explanation.What, StringComparison.Ordinal);
        Assert.Equal("shop, which does not exist any more", explanation.Namespace?.ToString());
    }

    [Fact]
    public void Without_a_list_of_namespaces_nothing_is_said_of_them() =>
        Assert.Null(Cluster.Index(new Registries()).Explain(Cluster.Address("10.128.0.5"), null).Namespace);

    [Fact]
    public async Task The_verb_answers_by_an_inventory()
    {
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, Cluster.Json.Replace("\"items\":[", $"\"items\":[{Namespaces},", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Settings settings = new();
        settings.Identify.Inventory = file;
        using StringWriter output = new();
        Assert.Equal(0, await ExplainCommand.RunAsync("100.64.0.2", null, settings, output, CancellationToken.None));
        Assert.StartsWith("100.64.0.2: join-switch port of worker-1", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await ExplainCommand.RunAsync("172.30.0.1", null, settings, output, CancellationToken.None));
        File.Delete(file);
        Assert.Contains("\nnamespace: default, since 2026-10-01 08:00:00Z", output.ToString(), StringComparison.Ordinal);
    }

    private const string Namespaces = """
        {"kind":"Namespace","metadata":{"name":"shop","creationTimestamp":"2026-11-01T08:00:00Z","deletionTimestamp":"2026-11-24T10:00:00Z",
          "annotations":{"openshift.io/display-name":"The\nshop","openshift.io/requester":"alice"}}},
        {"kind":"Namespace","metadata":{"name":"default","creationTimestamp":"2026-10-01T08:00:00Z"}}
        """;

    private static ClusterIndex WithNamespaces()
    {
        ClusterIndex index = new(new Registries(), new IdentifyOptions(), new KubernetesOptions(), TimeProvider.System);
        index.Replace(Cluster.Objects.Concat(JsonSerializer.Deserialize($"{{\"items\":[{Namespaces}]}}", KubernetesJson.Default.KubernetesList)!.Items!));
        return index;
    }

    [Fact]
    public async Task What_is_no_address_is_refused() =>
        await Assert.ThrowsAsync<SettingsException>(() => ExplainCommand.RunAsync("worker-1", null, new Settings(), TextWriter.Null, CancellationToken.None));
}
