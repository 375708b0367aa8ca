using System.Text.Json.Nodes;

namespace SFlow.EndToEnd.Tests.Kibana;

/// <summary>What the view reports of a dashboard.</summary>
internal static class Reports
{
    /// <summary>No error, nothing unknown, and nothing empty that is not expected to be.</summary>
    public static void AreClean(JsonObject report, IEnumerable<string> empty)
    {
        Assert.Equal("[]", report["errors"]!.ToJsonString());
        Assert.Equal("[]", report["unknown"]!.ToJsonString());
        Assert.Empty(Titles("empty").Except(empty));
        // Entries of data sets begin with the title of their panel.
        Assert.DoesNotContain(Titles("emptyQueries"), entry => !empty.Any(title => entry.StartsWith($"{title}: ", StringComparison.Ordinal)));

        IEnumerable<string> Titles(string list) => report[list]!.AsArray().Select(entry => entry!.GetValue<string>());
    }
}
