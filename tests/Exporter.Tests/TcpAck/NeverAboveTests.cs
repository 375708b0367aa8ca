using System.Text.Json;
using SFlow.Exporter.Commands;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.TcpAck;

/// <summary>
/// What is found for the unsampled direction is never above the truth, which was captured at the pods' own interfaces, and at sampling 1
/// nearly all of it.
/// </summary>
public sealed class NeverAboveTests(ITestOutputHelper output)
{
    private static readonly string Captures = Path.Combine(SharedFolder.Repository, "tests", "captures");

    /// <summary>IPv4 and TCP headers with timestamps, as both ends of the lab send them: a packet has at least so much beside its payload.</summary>
    private const long Headers = 52;

    [Theory]
    [InlineData("ovn-s1-ext")]
    [InlineData("ovn-s1-svc")]
    [InlineData("ovn-s1-host")]
    [InlineData("ovn-s1-same")]
    [InlineData("ovn-s1-cross")]
    [InlineData("ovn-s1-ports")]
    public void At_sampling_1_nearly_all_and_never_above(string capture)
    {
        CapturedRecords records = Records(Path.Combine(Captures, capture + ".pcap"));
        Dictionary<string, long> truth = Truth(Path.Combine(Captures, capture + ".truth.json"));
        foreach ((string connection, long bytes) in Acknowledged(records, records.All))
        {
            long most = truth[connection];
            output.WriteLine($"{capture}: {connection} at least {bytes} of {most}");
            Assert.InRange(bytes, most > 100_000 ? most * 95 / 100 : 0, most);
        }
    }

    [Fact]
    public void Twelve_answers_of_9000_bytes_from_outside_are_all_found()
    {
        using MemoryStream json = new();
        Settings settings = WithInventory();
        SummarizeCommand.Run(Path.Combine(Captures, "ovn-s1-ext.pcap"), settings, true, json);
        using JsonDocument summary = JsonDocument.Parse(json.ToArray());
        JsonElement series = summary.RootElement.GetProperty("series").EnumerateArray().Single(one => one.GetProperty("family").GetString() == "sflow_acknowledged");
        Assert.Equal(12 * 9_000, series.GetProperty("bytes").GetInt64());
        Assert.Equal(12 * 9_000, summary.RootElement.GetProperty("acknowledged_total").GetProperty("bytes").GetInt64());
        Assert.Equal("@tcp/443", series.GetProperty("labels").GetProperty("server_service").GetString());
        Assert.StartsWith("@", series.GetProperty("labels").GetProperty("source_namespace").GetString(), StringComparison.Ordinal);
        Assert.False(series.TryGetProperty("packets", out _));
    }

    [Theory]
    [InlineData("ovn-s1-ext")]
    [InlineData("ovn-s1-svc")]
    public void Thinned_captures_are_never_above(string capture)
    {
        CapturedRecords records = Records(Path.Combine(Captures, capture + ".pcap"));
        Dictionary<string, long> truth = Truth(Path.Combine(Captures, capture + ".truth.json"));
        int found = 0;
        foreach (int rate in (int[])[2, 4, 8, 16, 64, 400])
            for (int seed = 0; seed < 40; seed++)
            {
                Random random = new(seed);
                foreach ((string connection, long bytes) in Acknowledged(records, records.All.Where(_ => random.Next(rate) == 0)))
                {
                    Assert.InRange(bytes, 0, truth[connection]);
                    found++;
                }
            }
        Assert.True(found > 50, $"only {found} connections had bytes");
    }

    /// <summary>
    /// The bulk transfers of the lab run between pods, whose packets are sampled; with one end taken for an outside address they are the heaviest
    /// downloads there are, and what that end sent is in the truth.
    /// </summary>
    [Theory]
    [InlineData("ovn-s64-bulk", 0.40)]
    [InlineData("ovn-default400-bulk", 0.40)]
    public void Bulk_transfers_are_found_in_good_part_and_never_above(string capture, double share)
    {
        string folder = SharedFolder.Require("ovn-lab", "captures");
        CapturedRecords records = Records(Path.Combine(folder, capture + ".pcap"));
        Dictionary<string, long> truth = Truth(Path.Combine(folder, capture + ".truth.json"));
        int bulk = 0;
        foreach ((string connection, long bytes) in Acknowledged(records, records.ToOutside()))
        {
            long most = truth[connection];
            Assert.InRange(bytes, 0, most);
            if (most < 4_000_000) continue;
            output.WriteLine($"{capture}: {connection} at least {bytes} of {most}, {100.0 * bytes / most:F0} %");
            Assert.True(bytes > most * share, $"{connection}: {bytes} of {most}");
            bulk++;
        }
        Assert.NotEqual(0, bulk);
    }

    private static Settings WithInventory()
    {
        Settings settings = new();
        settings.Identify.Inventory = Path.Combine(Captures, "ovn-s1-ext.inventory.json");
        return settings;
    }

    private static CapturedRecords Records(string pcap) => new(pcap, Path.Combine(Captures, "ovn-s1-ext.inventory.json"));

    /// <summary>Bytes by connection.</summary>
    private static Dictionary<string, long> Acknowledged(CapturedRecords captured, IEnumerable<Flow> records) =>
        captured.Acknowledged(records).GroupBy(record => $"{record.Destination}:{record.DestinationPort} > {record.Source}:{record.SourcePort}")
            .ToDictionary(same => same.Key, same => same.Sum(record => (long)record.AcknowledgedBytes));

    /// <summary>Of each connection toward a pod, the payload that it can have been at most.</summary>
    private static Dictionary<string, long> Truth(string file)
    {
        using JsonDocument truth = JsonDocument.Parse(File.ReadAllBytes(file));
        HashSet<string?> pods = [.. truth.RootElement.GetProperty("pods").EnumerateArray().Select(pod => pod.GetProperty("name").GetString())];
        Dictionary<string, long> flows = [];
        foreach (JsonElement flow in truth.RootElement.GetProperty("flows").EnumerateArray())
        {
            if (flow.GetProperty("proto").GetString() != "tcp" || flow.GetProperty("dir").GetString() != "rx" || !pods.Contains(flow.GetProperty("pod").GetString())) continue;
            long packets = flow.GetProperty("packets").GetInt64();
            flows[$"{flow.GetProperty("src")}:{flow.GetProperty("sport")} > {flow.GetProperty("dst")}:{flow.GetProperty("dport")}"] =
                flow.GetProperty("ip_bytes").GetInt64() - (packets * Headers);
        }
        return flows;
    }
}
