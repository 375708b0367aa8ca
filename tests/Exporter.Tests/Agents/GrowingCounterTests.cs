using SFlow.Exporter.Agents;

namespace SFlow.Exporter.Tests.Agents;

/// <summary>A total that never falls, over wraps, new starts and gaps of an agent's counter.</summary>
public sealed class GrowingCounterTests
{
    [Theory]
    [InlineData(new uint[] { 100u }, 0)]
    [InlineData(new uint[] { 100u, 100, 350 }, 250)]
    [InlineData(new uint[] { uint.MaxValue - 10, 20u }, 31)]                             // wrapped
    [InlineData(new uint[] { 4_000_000_000u, 1_000_000_000 }, 1_294_967_296)]            // wrapped
    [InlineData(new uint[] { 2_000_000_000u, 7 }, 7)]                                    // too far for a wrap: it began again
    [InlineData(new uint[] { 100u, uint.MaxValue, 900, 1_000 }, 100)]                    // not kept for a while
    public void A_narrow_counter_wraps_or_begins_again(uint[] readings, long total)
    {
        GrowingCounter counter = default;
        ulong grown = 0;
        foreach (uint reading in readings) grown += counter.Take(reading, mayWrap: true);
        Assert.Equal(((ulong)total, (ulong)total), (counter.Total, grown));
    }

    [Theory]
    [InlineData(uint.MaxValue - 10, 20u, 20)]
    [InlineData(100u, 350u, 250)]           // a kernel datapath outlives its process
    public void After_a_restart_a_counter_that_fell_did_not_wrap(uint before, uint after, long total)
    {
        GrowingCounter counter = default;
        counter.Take(before, mayWrap: true);
        Assert.Equal((ulong)total, counter.Take(after, mayWrap: false));
    }

    [Fact]
    public void A_wide_counter_that_falls_began_again()
    {
        GrowingCounter counter = default;
        ulong[] readings = [1ul << 40, 6ul << 40, 77, ulong.MaxValue, 3, 4], growth = [0, 5ul << 40, 77, 0, 0, 1];
        Assert.Equal(growth, readings.Select(reading => counter.Take(reading)));
        Assert.Equal((5ul << 40) + 78, counter.Total);
    }

    /// <summary>A true 64-bit count of a million readings against what is seen of it through 32 bits.</summary>
    [Fact]
    public void Growth_through_32_bits_is_the_growth_of_the_whole_count()
    {
        Random random = new(3);
        GrowingCounter counter = default;
        ulong truth = 1ul << 31, start = truth;
        counter.Take((uint)truth, mayWrap: true);
        for (int reading = 0; reading < 1_000_000; reading++)
        {
            truth += (ulong)random.NextInt64(1L << (1 + random.Next(31)));
            if ((uint)truth == uint.MaxValue) continue;
            counter.Take((uint)truth, mayWrap: true);
        }
        Assert.Equal(truth - start, counter.Total);
    }
}
