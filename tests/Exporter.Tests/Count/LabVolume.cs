using System.Text.Json;

namespace SFlow.Exporter.Tests.Count;

/// <summary>What the lab captured at the pods' own interfaces, by namespace pair; names are looked up in the inventory by the test itself.</summary>
internal static class LabVolume
{
    /// <summary>Bytes of frames between pods: those that the receivers got, and those that the senders sent.</summary>
    public static Dictionary<string, (double Received, double Sent)> Pairs(string truthFile, string inventoryFile)
    {
        using JsonDocument inventory = JsonDocument.Parse(File.ReadAllBytes(inventoryFile)), truth = JsonDocument.Parse(File.ReadAllBytes(truthFile));
        Dictionary<string, string> namespaces = [];
        foreach (JsonElement pod in inventory.RootElement.GetProperty("items").EnumerateArray().Where(item => item.GetProperty("kind").GetString() == "Pod"))
            if (pod.GetProperty("status").TryGetProperty("podIPs", out JsonElement addresses))
                foreach (JsonElement address in addresses.EnumerateArray()) namespaces[address.GetProperty("ip").GetString()!] = pod.GetProperty("metadata").GetProperty("namespace").GetString()!;
        Dictionary<string, (double Received, double Sent)> pairs = [];
        foreach (JsonElement flow in truth.RootElement.GetProperty("flows").EnumerateArray())
        {
            if (!namespaces.TryGetValue(flow.GetProperty("src").GetString()!, out string? source) || !namespaces.TryGetValue(flow.GetProperty("dst").GetString()!, out string? destination)) continue;
            (double received, double sent) = pairs.GetValueOrDefault($"{source} to {destination}");
            double bytes = flow.GetProperty("frame_bytes").GetDouble();
            pairs[$"{source} to {destination}"] = flow.GetProperty("dir").GetString() == "rx" ? (received + bytes, sent) : (received, sent + bytes);
        }
        return pairs;
    }
}
