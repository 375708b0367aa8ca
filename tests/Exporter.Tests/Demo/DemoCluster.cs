using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using SFlow.Exporter.Demo;

namespace SFlow.Exporter.Tests.Demo;

/// <summary>The demo's inventory, read apart from the program's own code.</summary>
internal static class DemoCluster
{
    public static JsonNode[] Items { get; } = Read();

    public static IEnumerable<JsonNode> OfKind(string kind) => Items.Where(it => (string?)it["kind"] == kind);

    public static string Name(JsonNode item) => (string)item["metadata"]!["name"]!;
    public static string? Namespace(JsonNode item) => (string?)item["metadata"]!["namespace"];

    /// <summary>Addresses of pods that run and have an address of their own, with the node of each.</summary>
    public static Dictionary<string, string> HomeOfPod { get; } = OfKind("Pod")
        .Where(pod => (string?)pod["status"]!["phase"] == "Running" && (bool?)pod["spec"]!["hostNetwork"] != true)
        .SelectMany(pod => pod["status"]!["podIPs"]!.AsArray(), (pod, ip) => ((string)ip!["ip"]!, (string)pod["spec"]!["nodeName"]!))
        .ToDictionary();

    /// <summary>The agent address of each node, which is the second host address of its IPv4 pod subnet.</summary>
    public static Dictionary<string, string> NodeOfAgent { get; } =
        OfKind("Node").ToDictionary(node => HostAddress(Subnets(node).First(), 2), Name);

    /// <summary>OVN's own router ports: the first host address of each pod subnet.</summary>
    public static HashSet<string> Routers { get; } = [.. OfKind("Node").SelectMany(Subnets).Select(subnet => HostAddress(subnet, 1))];

    public static HashSet<string> ServiceAddresses { get; } = [.. OfKind("Service").SelectMany(it => it["spec"]!["clusterIPs"]!.AsArray()).Select(it => (string)it!).Where(it => it != "None")];

    private static IEnumerable<string> Subnets(JsonNode node) =>
        JsonNode.Parse((string)node["metadata"]!["annotations"]!["k8s.ovn.org/node-subnets"]!)!["default"]!.AsArray().Select(it => (string)it!);

    private static string HostAddress(string subnet, byte host)
    {
        byte[] address = IPNetwork.Parse(subnet).BaseAddress.GetAddressBytes();
        address[^1] += host;
        return new IPAddress(address).ToString();
    }

    private static JsonNode[] Read()
    {
        using Stream stream = DemoCapture.OpenInventory();
        JsonNode list = JsonNode.Parse(stream, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false })!;
        Assert.Equal(("v1", "List"), ((string?)list["apiVersion"], (string?)list["kind"]));
        return [.. list["items"]!.AsArray().Select(it => it!)];
    }
}
