using System.Globalization;
using System.Text.Json;
using SFlow.Exporter.Identify.Resources;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify;

/// <summary>OVN-Kubernetes' annotations of a node for each network: the pod subnet of the node, and the number of the network.</summary>
internal static class NodeNetworks
{
    private const string Subnets = "k8s.ovn.org/node-subnets", Numbers = "k8s.ovn.org/network-ids", Default = "default";

    public static void Read(KubernetesObject node, NodeAddresses found, ref int bad)
    {
        foreach ((string? network, JsonElement value) in Entries(node, Subnets, ref bad)) Add(value, network, found.Subnets, ref bad);
        foreach ((string? network, JsonElement value) in Entries(node, Numbers, ref bad))
        {
            string? text = value.ValueKind switch { JsonValueKind.String => value.GetString(), JsonValueKind.Number => value.GetRawText(), _ => null };
            if (uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint number)) found.Networks.Add(new NetworkNumber(network, number));
            else bad++;
        }
    }

    /// <summary>The entries of an annotation with a key per network. A bare value belongs to the default network.</summary>
    private static List<(string? Network, JsonElement Value)> Entries(KubernetesObject node, string key, ref int bad)
    {
        List<(string?, JsonElement)> entries = [];
        if (node.Metadata.Annotations?.GetValueOrDefault(key) is not { Length: > 0 } json) return entries;
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object) entries.Add((null, document.RootElement.Clone()));
            else
                foreach (JsonProperty network in document.RootElement.EnumerateObject())
                    entries.Add((network.Name == Default ? null : network.Name, network.Value.Clone()));
        }
        catch (JsonException)
        {
            bad++;
        }
        return entries;
    }

    private static void Add(JsonElement value, string? network, List<NodeSubnet> subnets, ref int bad)
    {
        if (value.ValueKind == JsonValueKind.Array)
            foreach (JsonElement item in value.EnumerateArray()) Add(item, network, subnets, ref bad);
        else if (value.ValueKind == JsonValueKind.String && Prefix.TryParse(value.GetString()!, out Prefix subnet)) subnets.Add(new NodeSubnet(subnet, network));
        else bad++;
    }
}
