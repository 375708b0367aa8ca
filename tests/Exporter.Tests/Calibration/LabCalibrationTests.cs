using System.Text.Json;
using SFlow.Exporter.Commands;
using SFlow.Exporter.Options;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Calibration;

/// <summary>
/// Real Open vSwitch: its counters are kept apart from its samples, in another part of it. At sampling 1 both must say the same, to the byte.
/// </summary>
public sealed class LabCalibrationTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("ovn-s1-same")]
    [InlineData("ovn-s1-svc")]
    [InlineData("ovn-s1-ext")]
    public void At_sampling_1_estimates_and_counters_are_equal_to_the_byte(string capture)
    {
        int compared = 0;
        foreach (JsonElement sums in Calibrations(Path.Combine(SharedFolder.Repository, "tests", "captures", capture + ".pcap")))
        {
            if (!sums.TryGetProperty("ratio", out JsonElement ratio)) continue;
            Assert.Equal(Number(sums, "counted_bytes"), Number(sums, "estimated_bytes"));
            Assert.Equal((1.0, 0.0), (ratio.GetDouble(), Number(sums, "error")));
            compared++;
            Say($"{capture}: {Number(sums, "estimated_bytes")} bytes by {Number(sums, "samples")} samples equal the ports' counters, difference 0");
        }
        Assert.NotEqual(0, compared);
    }

    /// <summary>Traffic goes on while counters are sent: a window may miss the packet that was under way.</summary>
    [Theory]
    [InlineData("plain-counters-p1")]
    [InlineData("plain-s1-geneve")]
    [InlineData("plain-s1-ipv6")]
    public void Over_many_windows_they_differ_by_a_packet_at_most_that_was_under_way(string capture)
    {
        int compared = 0;
        foreach (JsonElement sums in Calibrations(SharedFolder.Require("ovn-lab", "captures", capture + ".pcap")))
        {
            if (!sums.TryGetProperty("ratio", out _)) continue;
            double difference = Number(sums, "estimated_bytes") - Number(sums, "counted_bytes");
            Assert.InRange(difference, -1_514, 1_514);
            compared++;
            Say($"{capture}: {Number(sums, "counted_bytes")} bytes counted by ports, estimates differ by {difference}");
        }
        Assert.NotEqual(0, compared);
    }

    private static double Number(JsonElement element, string name) => element.GetProperty(name).GetDouble();

    private static JsonElement[] Calibrations(string pcap)
    {
        using MemoryStream json = new();
        SummarizeCommand.Run(pcap, new Settings(), true, json);
        using JsonDocument summary = JsonDocument.Parse(json.ToArray());
        return [.. summary.RootElement.GetProperty("agents").GetProperty("rows").EnumerateArray()
            .Where(agent => agent.TryGetProperty("calibration", out _)).Select(agent => agent.GetProperty("calibration").Clone())];
    }

    private void Say(string line)
    {
        output.WriteLine(line);
        TestContext.Current.SendDiagnosticMessage(line);
    }
}
