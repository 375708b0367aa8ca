using System.Text.Json;
using SFlow.Tests;

namespace SFlow.Decoder.Tests;

public sealed class CorpusTests(ITestOutputHelper output)
{
    /// <summary>Records beyond those that the exporter uses; the test of <c>decode</c> compares their values.</summary>
    private static readonly string[] Unread =
        ["flow 0:2", "flow 0:4", "flow 0:1002", "flow 0:1003", "flow 0:1006", "flow 0:1038", "flow 0:1042", "counter 0:2", "counter 0:7", "counter 0:1001", "counter 0:1004"];

    [Fact]
    public void EveryValueOfTheCorpusEqualsTheTruth()
    {
        TruthComparison comparison = new(skippedKeys: ["udp_src", "udp_length", "encap"], recordsWithoutView: Unread);
        foreach (CorpusCapture capture in Corpus.Captures())
        {
            JsonElement truths = capture.Truth.GetProperty("datagrams");
            Assert.Equal(truths.GetArrayLength(), capture.Payloads.Count);
            for (int i = 0; i < capture.Payloads.Count; i++)
            {
                using JsonDocument actual = JsonDocument.Parse(DatagramJson.From(i, capture.Payloads[i], out DecodeStatus status).ToJsonString());
                comparison.Datagram($"{capture.Name}[{i}]", truths[i], actual.RootElement);
                Assert.Equal(truths[i].GetProperty("framing_ok").GetBoolean(), status == DecodeStatus.Ok);
            }
        }
        foreach ((string part, long values) in comparison.Compared) output.WriteLine($"{values,9:N0}  {part}");
        output.WriteLine($"{comparison.Total,9:N0}  values compared, {comparison.Differences.Count} differ");
        Console.WriteLine($"corpus: {comparison.Total:N0} values compared with the truth, {comparison.Differences.Count} differ");
        Assert.True(comparison.Differences.Count == 0, string.Join('\n', comparison.Differences.Take(40)));
        Assert.InRange(comparison.Total, 200_000, long.MaxValue);
    }
}
