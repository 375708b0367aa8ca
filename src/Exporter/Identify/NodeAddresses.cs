using System.Text.Json;
using SFlow.Exporter.Identify.Resources;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify;

/// <summary>
/// The addresses of a node: its own by status and OVN's annotations, the subnets of its pods (whose second address is
/// ovn-k8s-mp0, and the first the logical router's port), and its ports on OVN's inner networks.
/// </summary>
internal sealed record NodeAddresses(List<NodeSubnet> Subnets, List<NetworkNumber> Networks, List<NodeAddressFact> Addresses)
{
    private const string Ovn = "k8s.ovn.org/";

    public static NodeAddresses Of(KubernetesObject node, ref int bad)
    {
        NodeAddresses found = new([], [], []);
        foreach (NodeAddress entry in node.Status.Addresses ?? [])
            if (entry.Type is "InternalIP" or "ExternalIP") found.Add(entry.Address, false, entry.Type, ref bad);

        NodeNetworks.Read(node, found, ref bad);
        foreach (string key in (string[])["node-primary-ifaddr", "node-encap-ips", "host-cidrs", "host-addresses", "l3-gateway-config"])
            foreach (string text in Strings(node, key, ref bad)) found.Add(text, false, Ovn + key, ref bad);
        foreach (string key in (string[])["node-gateway-router-lrp-ifaddr", "node-gateway-router-lrp-ifaddrs", "node-transit-switch-port-ifaddr"])
            foreach (string text in Strings(node, key, ref bad)) found.Add(text, true, Ovn + key, ref bad);
        return found;
    }

    private void Add(string? text, bool ofOvn, string source, ref int bad)
    {
        if (!Address.TryParse(text.AsSpan(0, text?.IndexOf('/') is int slash and >= 0 ? slash : text?.Length ?? 0), out Address address)) bad++;
        else if (!Addresses.Exists(known => known.Address == address)) Addresses.Add(new NodeAddressFact(address, ofOvn, source));
    }

    /// <summary>
    /// The texts of an annotation that look like addresses; OVN-Kubernetes writes them as a string, a list, or an object a network.
    /// </summary>
    private static List<string> Strings(KubernetesObject node, string key, ref int bad)
    {
        List<string> texts = [];
        if (node.Metadata.Annotations?.GetValueOrDefault(Ovn + key) is not { Length: > 0 } json) return texts;
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            Collect(document.RootElement, texts);
        }
        catch (JsonException)
        {
            bad++;
        }
        return texts;
    }

    private static void Collect(JsonElement element, List<string> texts)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String when Prefix.TryParse(element.GetString()!, out _):
                texts.Add(element.GetString()!);
                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in element.EnumerateArray()) Collect(item, texts);
                break;
            case JsonValueKind.Object:
                // The gateway configuration also contains next hops. They are outside routers, not this node.
                foreach (JsonProperty property in element.EnumerateObject())
                    if (!property.Name.StartsWith("next-hop", StringComparison.Ordinal)) Collect(property.Value, texts);
                break;
        }
    }
}
