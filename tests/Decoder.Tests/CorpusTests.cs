using System.Text.Json;
using SFlow.Tests;

namespace SFlow.Decoder.Tests;

public sealed class CorpusTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_value_of_the_corpus_equals_the_truth()
    {
        TruthComparison comparison = new(skippedKeys: ["udp_src", "udp_length", "encap"], recordsWithoutView: []);
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
        Assert.InRange(comparison.Total, 300_000, long.MaxValue);
    }
}
