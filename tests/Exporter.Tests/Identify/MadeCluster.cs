using System.Text.Json;
using System.Text.Json.Nodes;
using SFlow.Exporter.Identify;

namespace SFlow.Exporter.Tests.Identify;

/// <summary>Objects of a cluster, made one by one as kubectl would print them.</summary>
internal sealed class MadeCluster
{
    private readonly JsonArray items = [];

    public IReadOnlyList<KubernetesObject> Objects =>
        JsonSerializer.Deserialize(new JsonObject { ["kind"] = "List", ["items"] = items.DeepClone() }, KubernetesJson.Default.KubernetesList)!.Items!;

    /// <param name="name">Name of the node.</param>
    /// <param name="address">Its own address.</param>
    /// <param name="subnets">JSON of annotation k8s.ovn.org/node-subnets.</param>
    /// <param name="networkIds">JSON of annotation k8s.ovn.org/network-ids.</param>
    public MadeCluster Node(string name, string address, string subnets, string? networkIds = null)
    {
        JsonObject annotations = new() { ["k8s.ovn.org/node-subnets"] = subnets };
        if (networkIds is not null) annotations["k8s.ovn.org/network-ids"] = networkIds;
        return Add("Node", "", name, annotations, new JsonObject { ["status"] = Parse($$"""{"addresses":[{"type":"InternalIP","address":"{{address}}"}]}""") });
    }

    /// <param name="space">Namespace.</param>
    /// <param name="name">Name.</param>
    /// <param name="node">Its node.</param>
    /// <param name="address">Its address on the default network.</param>
    /// <param name="networks">Further networks: the key, and the address with its prefix.</param>
    public MadeCluster Pod(string space, string name, string node, string address, params (string Key, string Address)[] networks) => OwnedPod(space, name, node, address, null, networks);

    public MadeCluster OwnedPod(string space, string name, string node, string address, (string Kind, string Name)? owner, params (string Key, string Address)[] networks)
    {
        JsonObject annotation = new() { ["default"] = new JsonObject { ["ip_addresses"] = new JsonArray($"{address}/23"), ["ip_address"] = $"{address}/23" } };
        foreach ((string key, string entry) in networks) annotation[key] = new JsonObject { ["ip_addresses"] = new JsonArray(entry.Split(',').Select(text => (JsonNode)text).ToArray()), ["role"] = "primary" };
        JsonObject more = new()
        {
            ["spec"] = new JsonObject { ["nodeName"] = node },
            ["status"] = new JsonObject { ["phase"] = "Running", ["podIPs"] = new JsonArray(new JsonObject { ["ip"] = address }) },
        };
        JsonObject annotations = networks.Length == 0 ? [] : new() { ["k8s.ovn.org/pod-networks"] = annotation.ToJsonString() };
        Add("Pod", space, name, annotations, more);
        if (owner is { } of) items[^1]!["metadata"]!["ownerReferences"] = Parse($$"""[{"kind":"{{of.Kind}}","name":"{{of.Name}}","controller":true}]""");
        return this;
    }

    public MadeCluster Service(string space, string name, string address, int port, string? balancer = null) => Add("Service", space, name, [], new JsonObject
    {
        ["spec"] = Parse($$"""{"clusterIP":"{{address}}","ports":[{"name":"main","port":{{port}}}]}"""),
        ["status"] = balancer is null ? null : Parse($$$"""{"loadBalancer":{"ingress":[{"ip":"{{{balancer}}}"}]}}"""),
    });

    /// <param name="space">Namespace.</param>
    /// <param name="service">The Service.</param>
    /// <param name="port">The pods' port.</param>
    /// <param name="network">A slice that OVN-Kubernetes mirrored for this network; null for one of Kubernetes.</param>
    /// <param name="ends">JSON of the endpoints.</param>
    public MadeCluster Slice(string space, string service, int port, string? network, string ends)
    {
        Add("EndpointSlice", space, service + (network ?? ""), network is null ? [] : new() { ["k8s.ovn.org/endpointslice-network"] = network }, new JsonObject
        {
            ["endpoints"] = Parse(ends),
            ["ports"] = Parse($$"""[{"name":"main","port":{{port}},"protocol":"TCP"}]"""),
        });
        items[^1]!["metadata"]!["labels"] = new JsonObject { [network is null ? "kubernetes.io/service-name" : "k8s.ovn.org/service-name"] = service };
        return this;
    }

    /// <param name="space">Namespace.</param>
    /// <param name="name">Name.</param>
    /// <param name="config">The configuration, JSON.</param>
    /// <param name="annotations">JSON of the annotations.</param>
    public MadeCluster Attachment(string space, string name, string config, string annotations = "{}") =>
        Add("NetworkAttachmentDefinition", space, name, (JsonObject)Parse(annotations)!, new JsonObject { ["spec"] = new JsonObject { ["config"] = config } });

    public MadeCluster Add(string kind, string space, string name, JsonObject annotations, JsonObject more)
    {
        more["kind"] = kind;
        more["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = space, ["annotations"] = annotations };
        items.Add(more);
        return this;
    }

    public static JsonNode? Parse(string json) => JsonNode.Parse(json);
}
