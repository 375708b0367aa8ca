using System.Globalization;
using System.Text.Json;
using SFlow.Exporter.Identify.Kubernetes;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify.Resources;

/// <summary>
/// Reads the three kinds of objects that define networks. OVN-Kubernetes makes a NetworkAttachmentDefinition for every network; its
/// configuration is a text with JSON. If that is not readable, the other two kinds have the same content.
/// </summary>
internal static class NetworkReader
{
    private const string Plugin = "ovn-k8s-cni-overlay", TunnelKeys = "k8s.ovn.org/tunnel-keys", Number = "k8s.ovn.org/network-id";

    public static NetworkResource? Read(KubernetesObject item, ObjectKey key, ref int bad) => item.Kind switch
    {
        "NetworkAttachmentDefinition" => Attachment(item, key, ref bad),
        "UserDefinedNetwork" => Definition(item.Kind, key, NetworkNames.OfUserDefined(key), Text(item.Spec.Topology), Part(item.Spec), ref bad),
        "ClusterUserDefinedNetwork" => Definition(item.Kind, key, NetworkNames.OfClusterWide(key.Name), Text(item.Spec.Network, "topology"), Part(item.Spec.Network), ref bad),
        _ => null,
    };

    private static NetworkResource Attachment(KubernetesObject item, ObjectKey key, ref int bad)
    {
        NetworkResource none = new(item.Kind!, key);
        if (item.Spec.Config.ValueKind != JsonValueKind.String) return none;
        try
        {
            using JsonDocument document = JsonDocument.Parse(item.Spec.Config.GetString()!);
            JsonElement config = document.RootElement;
            if (Text(config, "type") != Plugin || Text(config, "name") is not { Length: > 0 } name) return none;
            return Network(none with { Name = KubernetesClientApi.Plain(name), TunnelIds = TunnelIds(item, ref bad) }, config, Text(config, "topology"), ref bad);
        }
        catch (JsonException)
        {
            bad++;
            return none;
        }
    }

    private static NetworkResource Definition(string kind, ObjectKey key, string name, string? topology, JsonElement part, ref int bad) =>
        Network(new NetworkResource(kind, key) { Name = name }, part, topology, ref bad);

    private static NetworkResource Network(NetworkResource facts, JsonElement part, string? topology, ref int bad)
    {
        NetworkTopology shape = Enum.TryParse(topology, ignoreCase: true, out NetworkTopology parsed) ? parsed : NetworkTopology.Unknown;
        return facts with
        {
            Topology = shape,
            Primary = string.Equals(Text(part, "role"), "primary", StringComparison.OrdinalIgnoreCase),
            // Subnets of layer 3 are split into one per node. The nodes have them.
            Subnets = shape is NetworkTopology.Layer2 or NetworkTopology.Localnet ? Prefixes(Member(part, "subnets"), ref bad) : default,
            Inner = ValueList<Prefix>.From(((string[])["joinSubnet", "joinSubnets", "transitSubnet"]).SelectMany(name => Prefixes(Member(part, name)))),
        };
    }

    /// <summary>A list of texts, or one text with commas.</summary>
    private static ValueList<Prefix> Prefixes(JsonElement value, ref int bad)
    {
        ValueList<Prefix> found = Prefixes(value);
        if (found.Count == 0 && value.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null) && value.ToString() is not ("" or "[]")) bad++;
        return found;
    }

    private static ValueList<Prefix> Prefixes(JsonElement value)
    {
        IEnumerable<string> texts = value.ValueKind switch
        {
            JsonValueKind.String => [value.GetString()!],
            JsonValueKind.Array => value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!),
            _ => [],
        };
        return ValueList<Prefix>.From(texts.SelectMany(text => Prefix.TryParseList(text, out List<Prefix> prefixes, out _) ? prefixes : []));
    }

    private static ValueList<uint> TunnelIds(KubernetesObject item, ref int bad)
    {
        List<uint> ids = [];
        if (item.Metadata.Annotations?.GetValueOrDefault(TunnelKeys) is { Length: > 0 } keys)
        {
            string[] texts = keys.Trim('[', ']').Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            foreach (string text in texts)
                if (uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint id)) ids.Add(id); else bad++;
        }
        if (item.Metadata.Annotations?.GetValueOrDefault(Number) is { Length: > 0 } written)
        {
            if (uint.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out uint number)) ids.Add(NetworkNames.TunnelId(number)); else bad++;
        }
        return ValueList<uint>.From(ids);
    }

    /// <summary>The part of a specification for its topology.</summary>
    private static JsonElement Part(ObjectSpec spec) => Text(spec.Topology) switch { "Layer2" => spec.Layer2, "Layer3" => spec.Layer3, "Localnet" => spec.Localnet, _ => default };

    private static JsonElement Part(JsonElement spec) => Text(spec, "topology") is { } topology ? Member(spec, topology.ToLowerInvariant()) : default;

    private static JsonElement Member(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out JsonElement member) ? member : default;

    private static string? Text(JsonElement value, string name) => Text(Member(value, name));

    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
