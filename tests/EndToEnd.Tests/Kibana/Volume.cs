using System.Text.Json.Nodes;
using SFlow.Dashboards.Definitions.Kibana;

namespace SFlow.EndToEnd.Tests.Kibana;

/// <summary>Counted records of a filter, and their bytes and packets.</summary>
internal static class Volume
{
    /// <summary>By Kibana's query language, as the dashboard of records shows it.</summary>
    public static async Task<(double Records, double Bytes, double Packets)> InKibanaAsync(ShippedRecords records, string kql)
    {
        (JsonObject report, JsonArray shown) = await KibanaView.AskAsync(records, Records.Dashboard, "--query", kql);
        Assert.Equal("[]", report["errors"]!.ToJsonString());
        JsonNode row = shown.Single(panel => panel!["title"]!.GetValue<string>() == "Records")!["rows"]![0]!;
        return (row[0]!.GetValue<double>(), row[1]!.GetValue<double>(), row[2]!.GetValue<double>());
    }

    /// <summary>By all pages of the exporter's search.</summary>
    public static async Task<(double Records, double Bytes, double Packets)> InExporterAsync(ShippedRecords records, string path)
    {
        (double Records, double Bytes, double Packets) sum = default;
        string before = "";
        do
        {
            JsonNode page = JsonNode.Parse(await records.Exporter.GetAsync($"{path}&limit=1000{before}"))!;
            foreach (JsonNode? flow in page["flows"]!.AsArray()) sum = (sum.Records + 1, sum.Bytes + flow!["network.bytes"]!.GetValue<double>(), sum.Packets + flow["network.packets"]!.GetValue<double>());
            before = page["next"] is { } next ? $"&before={next}" : "";
        }
        while (before.Length > 0);
        return sum;
    }
}
