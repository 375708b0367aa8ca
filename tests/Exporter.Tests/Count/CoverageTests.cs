using System.Net;
using SFlow.Exporter.Commands;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Count;

/// <summary>
/// The stated interval holds the truth as often as it says. Traffic that is known to the last packet is sampled again and again, at 1:8, 1:64
/// and 1:400, and goes through the whole line; an interval is that of a namespace pair with 30 samples or more. Seeds are fixed.
/// </summary>
public sealed class CoverageTests(ITestOutputHelper output)
{
    private const int Runs = 45;
    private static readonly uint[] Rates = [8, 64, 400];
    private static readonly string Captures = Path.Combine(SharedFolder.Repository, "tests", "captures");
    private static readonly string Inventory = Path.Combine(Captures, "ovn-s1-same.inventory.json");
    private static readonly string[] AtSampling1 = ["ovn-s1-same", "ovn-s1-cross", "ovn-s1-svc", "ovn-s1-ext", "ovn-s1-host"];

    [Fact]
    public void Captures_at_sampling_1_thinned()
    {
        SampledLine line = new(Inventory, AtSampling1.SelectMany(capture => Draw.FromCapture(Path.Combine(Captures, capture + ".pcap"))));
        AssertHeld("captures", Measure(line, rate => _ => rate, copies: 3).Bytes, 2_000, 0.93);
    }

    [Fact]
    public void Frames_of_very_uneven_length()
    {
        SampledLine line = Made(1, random => [(int)Math.Min(9_014, 66 / Math.Pow(1 - random.NextDouble(), 1 / 1.2))]);
        AssertHeld("heavy-tailed lengths", Measure(line, rate => _ => rate, copies: 3).Bytes, 2_000, 0.93);
    }

    [Fact]
    public void Agents_that_sample_at_different_rates()
    {
        SampledLine line = Made(2, random => [random.Next(3) == 0 ? 1_414 : random.Next(66, 600)]);
        AssertHeld("mixed rates", Measure(line, rate => agent => agent.ToString() == "10.128.0.2" ? rate : rate * 5 / 2).Bytes, 2_000, 0.93);
    }

    [Fact]
    public void Bursts_of_segments_and_who_ignores_them_is_wrong()
    {
        SampledLine line = Made(3, Offloaded);
        (Coverage bytes, Coverage packets, Coverage naive) = Measure(line, rate => _ => rate);
        AssertHeld("bursts, bytes", bytes, 2_000, 0.93);
        AssertHeld("bursts, packets", packets, 2_000, 0.93);
        Say("bursts, each sample taken for a draw of its own", naive);
        Assert.True(naive.Share < 0.75, $"an interval that ignores bursts should fail here: {naive}");
    }

    /// <summary>
    /// Open vSwitch's own samples. What its bridge took in is between what the senders sent and what the receivers got: under bulk load the lab's
    /// datapath drops frames before the bridge sees them.
    /// </summary>
    [Theory]
    [InlineData("ovn-s64-bulk"), InlineData("ovn-default400-bulk")]
    public void Real_captures_hold_what_passed_the_bridge(string capture)
    {
        string folder = SharedFolder.Require("ovn-lab", "captures");
        Settings settings = new();
        settings.Identify.Inventory = Inventory;
        CapturePipeline offline = new(settings);
        offline.Run(Path.Combine(folder, capture + ".pcap"), null);
        IFamily family = offline.Families.Named(FamilyNames.Flow);
        Dictionary<string, FlowTotals> pairs = family.Read().Rows().GroupBy(row => $"{row.Row[0]} to {row.Row[1]}")
            .ToDictionary(pair => pair.Key, pair => pair.Aggregate(default(FlowTotals), (sum, row) => sum + row.Sums));
        int intervals = 0;
        foreach ((string pair, (double received, double sent)) in LabVolume.Pairs(Path.Combine(folder, capture + ".truth.json"), Inventory))
        {
            FlowTotals totals = pairs[pair];
            output.WriteLine($"{capture}: {pair}: {totals.Bytes} bytes {totals.BytesError} from {totals.Samples} samples; {received} received, {sent} sent");
            if (totals.BytesError.Share is not double share) continue;
            Assert.True((double)totals.Bytes * (1 - share) <= sent && (double)totals.Bytes * (1 + share) >= received, $"{pair}: {totals.Bytes} bytes {totals.BytesError}, {received} received, {sent} sent");
            intervals++;
        }
        Assert.True(intervals >= 3, $"only {intervals} pairs have 30 samples");
    }

    /// <summary>Half of the draws are single packets, the others up to 64 KiB in segments of 1,448 bytes, the last one shorter.</summary>
    private static IReadOnlyList<int> Offloaded(Random random)
    {
        if (random.Next(2) == 0) return [random.Next(3) == 0 ? 1_502 : random.Next(66, 400)];
        int whole = random.Next(2, 45);
        return [.. Enumerable.Repeat(1_502, whole), random.Next(60, 1_502)];
    }

    /// <summary>A line for traffic that is made up; what it counts at sampling 1 is the traffic as it was made.</summary>
    private static SampledLine Made(int seed, Func<Random, IReadOnlyList<int>> segments)
    {
        ulong packets = 0, bytes = 0;
        SampledLine line = new(Inventory, MadeTraffic.Make(new Random(seed), random =>
        {
            IReadOnlyList<int> lengths = segments(random);
            packets += (ulong)lengths.Count;
            bytes += (ulong)lengths.Sum();
            return lengths;
        }));
        FlowTotals counted = line.Truth.Values.Aggregate((a, b) => a + b);
        Assert.Equal((packets, bytes), (counted.Packets, counted.Bytes));
        return line;
    }

    /// <summary>Runs at every rate, over so many copies of the traffic that of each packet so many are expected among the samples.</summary>
    private static (Coverage Bytes, Coverage Packets, Coverage Naive) Measure(SampledLine line, Func<uint, Func<IPAddress, uint>> rateOf, uint copies = 1)
    {
        Coverage bytes = new(), packets = new(), naive = new();
        foreach (uint rate in Rates)
        {
            for (int run = 0; run < Runs; run++)
            {
                SampledRun said = line.Sample(new Random((int)rate * 1_000 + run), (int)(rate * copies), rateOf(rate));
                foreach (((string, string) pair, FlowTotals truth) in line.Truth)
                {
                    FlowTotals totals = said.Pairs.GetValueOrDefault(pair);
                    bytes.Add((double)truth.Bytes * rate * copies, (double)totals.Bytes, totals.BytesError);
                    packets.Add((double)truth.Packets * rate * copies, (double)totals.Packets, totals.PacketsError);
                    naive.Add((double)truth.Bytes * rate * copies, (double)totals.Bytes, EstimateError.Of((double)totals.Bytes, said.NaiveVariances.GetValueOrDefault(pair), totals.Samples));
                }
            }
        }
        return (bytes, packets, naive);
    }

    private void AssertHeld(string what, Coverage coverage, int least, double share)
    {
        Say(what, coverage);
        Assert.True(coverage.Intervals >= least, $"{what}: only {coverage.Intervals} intervals");
        Assert.True(coverage.Share >= share, $"{what}: {coverage}");
    }

    private void Say(string what, Coverage coverage)
    {
        string line = $"{what}: {coverage}";
        output.WriteLine(line);
        Console.WriteLine(line);
    }
}
