using System.Text.Json.Nodes;
using SFlow.Dashboards.Definitions.Kibana;
using SFlow.Dashboards.Kibana;
using SFlow.EndToEnd.Tests.Services;

namespace SFlow.EndToEnd.Tests.Kibana;

/// <summary>Every panel's question to a real search engine, and its numbers beside sums over the same records by other code.</summary>
public abstract class PanelTests(ShippedRecords records, ITestOutputHelper output)
{
    /// <summary>Panels without data in these records, each with its reason.</summary>
    private static readonly Dictionary<string, string> empty = new()
    {
        ["User-defined networks"] = "the demo's cluster has none",
        ["User-defined networks (bits/s)"] = "the demo's cluster has none",
        ["User-defined networks (packets/s)"] = "the demo's cluster has none",
    };

    public static TheoryData<string> Names => [.. KibanaDashboards.List.Select(dashboard => dashboard.Name)];

    [Fact]
    public async Task The_file_has_no_mistake()
    {
        JsonObject report = await KibanaView.CheckAsync();
        foreach (string list in (string[])["errors", "warnings", "unused"]) Assert.Equal("[]", report[list]!.ToJsonString());
        Assert.Equal(KibanaDashboards.List.Count, report["dashboards"]!.GetValue<int>());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_panel_shows_the_right_numbers(string name)
    {
        KibanaDashboard dashboard = KibanaDashboards.List.Single(dashboard => dashboard.Name == name);
        (JsonObject report, JsonArray shown) = await KibanaView.AskAsync(records, dashboard);
        Reports.AreClean(report, empty.Keys);
        RecordSums all = new(records.Records);
        KibanaPanel[] panels = [.. dashboard.Panels];
        Assert.Equal(panels.Select(panel => panel.Title), shown.Select(panel => panel!["title"]!.GetValue<string>()));
        int compared = 0;
        for (int i = 0; i < panels.Length; i++) compared += PanelNumbers.Compare(panels[i], shown[i]!, all);
        output.WriteLine($"{dashboard.Title}: {panels.Length} panels, {compared} numbers compared");
    }

    [Fact]
    public async Task Records_are_those_of_the_captures()
    {
        double samples = 0, packets = 0, bytes = 0;
        foreach (string capture in records.Captures)
        {
            (int code, string said, string errors) = await ExporterProcess.RunAsync("decode", capture);
            Assert.True(code == 0, errors);
            foreach (JsonNode sample in said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).SelectMany(Samples))
            {
                double rate = sample["sampling_rate"]!.GetValue<double>();
                JsonNode header = sample["records"]!.AsArray().Single(record => record!["name"]!.GetValue<string>() == "sampled_header")!["values"]!;
                (samples, packets, bytes) = (samples + 1, packets + rate, bytes + rate * (header["frame_length"]!.GetValue<double>() - header["stripped"]!.GetValue<double>()));
            }
        }
        RecordSums stored = new(records.Records);
        Assert.Equal((samples, packets, bytes), (stored.Count, stored.Sum(RecordField.Packets), stored.Sum(RecordField.Bytes)));
    }

    [Fact]
    public async Task New_pairs_are_those_without_an_older_record()
    {
        (_, JsonArray shown) = await KibanaView.AskAsync(records, Security.Dashboard);
        JsonNode answer = shown.Single(panel => panel!["title"]!.GetValue<string>() == "New pairs of namespaces")!["sets"]![0]!["rows"]![0]!["aggregations"]!;
        double week = records.Range.From - 7 * 86_400_000.0;
        Assert.True(answer["oldest"]!["value"]!.GetValue<double>() < week);
        string[] fresh = [.. answer["from"]!["buckets"]!.AsArray()
            .SelectMany(from => from!["to"]!["buckets"]!.AsArray().Where(to => to!["first"]!["value"]!.GetValue<double>() > week).Select(to => $"{from["key"]} > {to!["key"]}"))];
        string[] expected = [.. records.Records.Where(record => Flat.Counted(record) && Flat.Text(record, RecordField.DestinationNamespace) == ShippedRecords.NewDestination)
            .Select(record => $"{Flat.Text(record, RecordField.SourceNamespace)} > {ShippedRecords.NewDestination}").Distinct()];
        Assert.NotEmpty(expected);
        Assert.Equal(expected.Order(StringComparer.Ordinal), fresh.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_scan_is_the_first_of_its_table()
    {
        (_, JsonArray shown) = await KibanaView.AskAsync(records, Security.Dashboard);
        JsonNode scan = Table("Port scans")[0]!;
        Assert.Equal((DoubtfulTraffic.Scanner, DoubtfulTraffic.Scanned, DoubtfulTraffic.Ports), (scan[0]!.GetValue<string>(), scan[1]!.GetValue<string>(), scan[3]!.GetValue<int>()));
        JsonNode caller = Table("Callers of many peers")[0]!;
        Assert.Equal(DoubtfulTraffic.Scanner, caller[0]!.GetValue<string>());
        Assert.InRange(caller[2]!.GetValue<int>(), DoubtfulTraffic.Peers + 1, DoubtfulTraffic.Peers + 10);
        JsonNode refused = Assert.Single(Table("Refused connections"))!;
        Assert.Equal((DoubtfulTraffic.Scanned, DoubtfulTraffic.Scanner, DoubtfulTraffic.Ports * DoubtfulTraffic.Rate, DoubtfulTraffic.Ports),
            (refused[0]!.GetValue<string>(), refused[1]!.GetValue<string>(), refused[3]!.GetValue<int>(), refused[4]!.GetValue<int>()));

        JsonArray Table(string title) => shown.Single(panel => panel!["title"]!.GetValue<string>() == title)!["rows"]!.AsArray();
    }

    [Fact]
    public async Task A_choice_in_the_controls_narrows_every_panel()
    {
        (JsonObject report, JsonArray shown) = await KibanaView.AskAsync(records, TrafficOverview.Dashboard, "--control", "sflow.source_namespace:shop", "--control", "network.direction:internal");
        Assert.Equal("[]", report["errors"]!.ToJsonString());
        RecordSums chosen = new([.. records.Records.Where(record => Flat.Text(record, "sflow.source_namespace") == "shop" && Flat.Text(record, "network.direction") == "internal")]);
        KibanaPanel[] panels = [.. TrafficOverview.Dashboard.Panels];
        int compared = 0;
        for (int i = 0; i < panels.Length; i++) compared += PanelNumbers.Compare(panels[i], shown[i]!, chosen);
        Assert.True(compared > 50, $"{compared}");
    }

    private static IEnumerable<JsonNode> Samples(JsonNode datagram) => datagram["samples"]!.AsArray().Where(sample => sample!["sampling_rate"] is not null)!;
}
