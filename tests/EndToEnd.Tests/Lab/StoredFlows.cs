using System.Globalization;
using System.Text.Json;
using SFlow.EndToEnd.Tests.Services;

namespace SFlow.EndToEnd.Tests.Lab;

/// <summary>The records that the running program has in its store, by its search.</summary>
internal static class StoredFlows
{
    /// <summary>Position of the newest record; 0 when there is none.</summary>
    public static async Task<long> PositionAsync(ExporterProcess exporter)
    {
        using JsonDocument page = JsonDocument.Parse(await exporter.GetAsync("/api/flows?limit=1"));
        JsonElement flows = page.RootElement.GetProperty("flows");
        return flows.GetArrayLength() == 0 ? 0 : flows[0].GetProperty("position").GetInt64();
    }

    /// <summary>All records behind a position, page by page.</summary>
    public static async Task<List<JsonElement>> AfterAsync(ExporterProcess exporter, long position)
    {
        List<JsonElement> records = [];
        for (string next = ""; ;)
        {
            using JsonDocument page = JsonDocument.Parse(await exporter.GetAsync("/api/flows?limit=1000" + next));
            int rows = page.RootElement.GetProperty("flows").GetArrayLength();
            records.AddRange(page.RootElement.GetProperty("flows").EnumerateArray().Where(flow => flow.GetProperty("position").GetInt64() > position).Select(flow => flow.Clone()));
            JsonElement before = page.RootElement.GetProperty("next");
            if (before.ValueKind == JsonValueKind.Null || before.GetInt64() <= position || rows == 0) return records;
            next = string.Create(CultureInfo.InvariantCulture, $"&before={before.GetInt64()}");
        }
    }
}
