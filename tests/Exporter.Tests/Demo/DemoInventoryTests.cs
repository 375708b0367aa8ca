using System.Text.Json.Nodes;

namespace SFlow.Exporter.Tests.Demo;

/// <summary>The demo's inventory is whole, and has the cases that a cluster has.</summary>
public sealed class DemoInventoryTests
{
    [Fact]
    public void It_holds_the_kinds_that_the_command_of_the_manual_asks_for()
    {
        string[] kinds = ["Node", "Namespace", "ReplicaSet", "Job", "Pod", "Service", "EndpointSlice"];
        Assert.Equal(kinds.Order(StringComparer.Ordinal), DemoCluster.Items.Select(it => (string)it["kind"]!).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_object_is_listed_twice_and_each_is_in_a_namespace_that_exists()
    {
        HashSet<string> namespaces = [.. DemoCluster.OfKind("Namespace").Select(DemoCluster.Name)];
        Assert.Equal(DemoCluster.Items.Length, DemoCluster.Items.Select(it => ((string)it["kind"]!, DemoCluster.Namespace(it), DemoCluster.Name(it))).Distinct().Count());
        Assert.Equal(DemoCluster.Items.Length, DemoCluster.Items.Select(it => (string)it["metadata"]!["uid"]!).Distinct().Count());
        Assert.All(DemoCluster.Items.Where(it => DemoCluster.Namespace(it) is not null), it => Assert.Contains(DemoCluster.Namespace(it)!, namespaces));
        Assert.All(["openshift-monitoring", "openshift-dns", "openshift-etcd", "openshift-ingress", "openshift-ovn-kubernetes", "shop"], it => Assert.Contains(it, namespaces));
    }

    [Fact]
    public void Every_owner_that_the_list_could_hold_is_in_it_by_name_and_uid()
    {
        HashSet<(string, string, string)> known = [.. DemoCluster.Items.Select(it => ((string)it["kind"]!, DemoCluster.Name(it), (string)it["metadata"]!["uid"]!))];
        JsonNode[] owners = [.. DemoCluster.Items.SelectMany(it => it["metadata"]!["ownerReferences"]?.AsArray() ?? []).Select(it => it!)];
        Assert.All(owners.Where(it => (string)it["kind"]! is "ReplicaSet" or "Job" or "Service" or "Node"),
            it => Assert.Contains(((string)it["kind"]!, (string)it["name"]!, (string)it["uid"]!), known));
        Assert.Superset(new HashSet<string> { "Deployment", "StatefulSet", "DaemonSet", "CronJob" }, owners.Select(it => (string)it["kind"]!).ToHashSet());
    }

    [Fact]
    public void Every_end_of_a_Service_that_names_a_pod_has_that_pod_s_address()
    {
        Dictionary<(string?, string), HashSet<string>> pods = DemoCluster.OfKind("Pod").ToDictionary(
            it => (DemoCluster.Namespace(it), DemoCluster.Name(it)),
            it => it["status"]!["podIPs"]!.AsArray().Select(ip => (string)ip!["ip"]!).ToHashSet());
        JsonNode[] ends = [.. DemoCluster.OfKind("EndpointSlice").SelectMany(it => it["endpoints"]!.AsArray()).Select(it => it!)];
        JsonNode[] named = [.. ends.Where(it => it["targetRef"] is not null)];
        Assert.All(named, it => Assert.Contains((string)it["addresses"]![0]!, pods[((string?)it["targetRef"]!["namespace"], (string)it["targetRef"]!["name"]!)]));
        Assert.NotEqual(named.Length, ends.Length);
        Assert.Contains(ends, it => !(bool)it["conditions"]!["ready"]!);
    }

    [Fact]
    public void It_has_pods_on_the_host_network_completed_ones_and_two_address_families()
    {
        Assert.Contains(DemoCluster.OfKind("Pod"), it => (bool?)it["spec"]!["hostNetwork"] == true);
        Assert.Contains(DemoCluster.OfKind("Pod"), it => (string?)it["status"]!["phase"] == "Succeeded");
        Assert.Contains(DemoCluster.OfKind("Service"), it => it["spec"]!["clusterIPs"]!.AsArray().Count == 2);
        Assert.Equal(["ClusterIP", "LoadBalancer", "NodePort"], DemoCluster.OfKind("Service").Select(it => (string)it["spec"]!["type"]!).Distinct().Order(StringComparer.Ordinal));
    }
}
