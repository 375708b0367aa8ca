using System.Diagnostics;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Decode;

/// <summary>A sender that chooses its types makes no structure expensive, and every structure is counted.</summary>
public sealed class SkippedStructuresTests(ITestOutputHelper output)
{
    private const ulong Golden = 0x9E37_79B9_7F4A_7C15;

    [Fact]
    public void Types_that_once_collided_cost_what_others_cost()
    {
        // These shared few slots of a table of 512 by a hash that everybody knows.
        uint[] chosen = [.. Enumerable.Range(1, 4_000_000).Select(i => (uint)i).Where(tag => ((1UL << 63 | 1UL << 32 | tag) * Golden >> 55) < 4).Take(8_000)];
        uint[] others = [.. Enumerable.Range(1, 8_000).Select(i => (uint)i * 400_009)];
        double ratio = double.MaxValue;
        for (int round = 0; round < 8 && ratio > 2; round++) ratio = Math.Min(ratio, Time(chosen) / Time(others));
        output.WriteLine($"{ratio:F2} times");
        Assert.InRange(ratio, 0, 4);
    }

    [Fact]
    public void No_structure_is_lost_whatever_the_seed()
    {
        for (ulong seed = 0; seed < 200; seed++)
        {
            SkippedStructures skipped = new(seed * Golden, (seed + 1) * Golden);
            for (uint tag = 0; tag < 400; tag++) skipped.Count(StructureKind.FlowRecord, tag << 12 | 7);
            for (uint tag = 0; tag < 400; tag++) skipped.Count(StructureKind.FlowRecord, tag << 12 | 7);
            Assert.Equal(800, skipped.Other + skipped.Read().Sum(one => one.Count));
            Assert.Equal(SkippedStructures.MaximumTypes, skipped.Read().Count());
        }
    }

    private static double Time(uint[] tags)
    {
        SkippedStructures skipped = new();
        Stopwatch time = Stopwatch.StartNew();
        for (int round = 0; round < 20; round++)
            foreach (uint tag in tags) skipped.Count(StructureKind.FlowRecord, tag);
        return time.Elapsed.TotalMicroseconds;
    }
}
