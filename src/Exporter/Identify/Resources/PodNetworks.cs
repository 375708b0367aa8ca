using System.Text.Json;

namespace SFlow.Exporter.Identify.Resources;

/// <summary>
/// The addresses of a pod on OVN's networks, from annotation <c>k8s.ovn.org/pod-networks</c>: an object with a key per network.
/// <c>status.podIPs</c> only has those of the default network.
/// </summary>
internal static class PodNetworks
{
    private const string Annotation = "k8s.ovn.org/pod-networks", Default = "default";

    /// <summary>Adds the addresses that are not in the list yet.</summary>
    public static void Add(KubernetesObject pod, List<PodAddress> addresses, RecentStrings strings, ref int bad)
    {
        if (pod.Metadata.Annotations?.GetValueOrDefault(Annotation) is not { Length: > 0 } json) return;
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object) bad++;
            else
                foreach (JsonProperty network in document.RootElement.EnumerateObject())
                    Add(network, addresses, strings, ref bad);
        }
        catch (JsonException)
        {
            bad++;
        }
    }

    private static void Add(JsonProperty network, List<PodAddress> addresses, RecentStrings strings, ref int bad)
    {
        if (network.Value.ValueKind != JsonValueKind.Object)
        {
            bad++;
            return;
        }
        string? key = network.Name == Default ? null : strings.Of(network.Name);
        // Old releases write one address only. Networks without subnets have none: only the pod itself knows its addresses then.
        if (network.Value.TryGetProperty("ip_addresses", out JsonElement several) && several.ValueKind == JsonValueKind.Array)
            foreach (JsonElement text in several.EnumerateArray()) Add(text, key, addresses, ref bad);
        else if (network.Value.TryGetProperty("ip_address", out JsonElement one)) Add(one, key, addresses, ref bad);
    }

    private static void Add(JsonElement text, string? key, List<PodAddress> addresses, ref int bad)
    {
        if (text.ValueKind == JsonValueKind.Null) return;
        ReadOnlySpan<char> written = text.ValueKind == JsonValueKind.String ? text.GetString() : "";
        int slash = written.IndexOf('/');
        if (!Address.TryParse(slash < 0 ? written : written[..slash], out Address address)) bad++;
        else if (!addresses.Contains(new PodAddress(address, key))) addresses.Add(new PodAddress(address, key));
    }
}
