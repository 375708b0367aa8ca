using SFlow.Exporter.History;
using SFlow.Exporter.History.Query;
using SFlow.Exporter.Pipeline.Filters;

namespace SFlow.Exporter.Tests.History.Query;

/// <summary>Steps and resolutions, for a history of minutes of two days, hours of 30 days, days of a year.</summary>
public sealed class HistoryRangeTests
{
    private const long Day = 86_400, Now = (20_000 * Day) + (10 * 3_600) + (17 * 60) + 33;

    [Theory]
    // range in seconds before now, step that is asked for, step and resolution of the answer
    [InlineData(3_600, 0, null, 60, 60), InlineData(900, 0, null, 60, 60), InlineData(6 * 3_600, 0, null, 120, 60), InlineData(Day, 0, null, 300, 60)]
    [InlineData(2 * Day - 60, 0, null, 600, 60), InlineData(7 * Day, 0, null, 3_600, 3_600), InlineData(29 * Day, 0, null, 10_800, 3_600), InlineData(90 * Day, 0, null, 86_400, 86_400)]
    [InlineData(3 * Day, 0, null, 3_600, 3_600), InlineData(40 * Day, 39 * Day, null, 86_400, 86_400), InlineData(5 * Day, 5 * Day - 1, null, 3_600, 3_600)]
    [InlineData(20_000 * Day, 0, null, 67 * Day, 86_400)]
    [InlineData(3_600, 0, 60L, 60, 60), InlineData(3_600, 0, 3_600L, 3_600, 3_600), InlineData(Day, 0, 5_400L, 5_400, 60), InlineData(Day, 0, 7_200L, 7_200, 3_600), InlineData(7 * Day, 0, 86_400L, 86_400, 86_400)]
    public void The_step_fits_the_range_and_the_age_of_its_data(long before, long until, long? asked, long step, long resolution)
    {
        HistoryRange range = HistoryRange.Of(Query(Now - before, Now - until, asked, hasSteps: true), Now, Coverage);
        Assert.Equal((step, resolution), (range.Step, range.Resolution.Seconds()));
        Assert.True(range.From % step == 0 && range.To % step == 0 && range.From <= Now - before && range.From > Now - before - step);
        Assert.InRange(range.To, Math.Min(Now - until, Now - 33), Math.Max(Now - until, range.From) + step);
        Assert.InRange(range.Steps, 1, asked is null ? HistoryRange.UsualSteps + 1 : HistoryRange.MostSteps);
    }

    [Fact]
    public void The_minute_that_is_not_over_is_left_out()
    {
        HistoryRange range = HistoryRange.Of(Query(Now - 3_600, Now, null, hasSteps: true), Now, Coverage);
        Assert.Equal((60, Now - 33), (range.Steps, range.To));
        HistoryRange future = HistoryRange.Of(Query(Now + 90, Now + 900, null, hasSteps: true), Now, Coverage);
        Assert.Equal(1, future.Steps);
    }

    /// <summary>Without steps, longer windows are read where they have exactly the range, and where only they are old enough.</summary>
    [Theory]
    [InlineData(3_600 + 33, 33, 60), InlineData(7 * Day, 0, 3_600), InlineData(90 * Day, 0, 86_400)]
    public void A_sum_reads_what_reaches_back(long before, long until, long resolution) =>
        Assert.Equal(resolution, HistoryRange.Of(Query(Now - before, Now - until, null, hasSteps: false), Now, Coverage).Resolution.Seconds());

    [Fact]
    public void A_sum_over_whole_days_or_hours_reads_few_rows()
    {
        long midnight = Now / Day * Day;
        Assert.Equal(HistoryResolution.Day, HistoryRange.Of(Query(midnight - Day, midnight, null, hasSteps: false), Now, Coverage).Resolution);
        Assert.Equal(HistoryResolution.Day, HistoryRange.Of(Query(midnight, Now, null, hasSteps: false), Now, Coverage).Resolution);
        Assert.Equal(HistoryResolution.Hour, HistoryRange.Of(Query(midnight - 7_200, midnight + 21_600, null, hasSteps: false), Now, Coverage).Resolution);
        Assert.Equal(HistoryResolution.Minute, HistoryRange.Of(Query(midnight, midnight + 600, null, hasSteps: false), Now, Coverage).Resolution);
    }

    /// <summary>An hour that has begun before the first minute with data is no older data.</summary>
    [Fact]
    public void A_young_history_is_read_by_minutes()
    {
        long begin = Now / 3_600 * 3_600 + 600;
        HistoryCoverage? Young(HistoryResolution resolution) => new HistoryCoverage(resolution.StartOf(begin), Now / 60 * 60);
        Assert.Equal(HistoryResolution.Minute, HistoryRange.Of(Query(Now - 7_201, Now, null, hasSteps: false), Now, Young).Resolution);
        Assert.Equal(60, HistoryRange.Of(Query(Now - 7_201, Now, null, hasSteps: true), Now, Young).Step);
        Assert.Equal(60, HistoryRange.Of(Query(Now - 3_600, Now, null, hasSteps: true), Now, _ => null).Step);
    }

    private static HistoryCoverage? Coverage(HistoryResolution resolution) => new HistoryCoverage(
        resolution.StartOf(Now - (resolution switch { HistoryResolution.Minute => 2, HistoryResolution.Hour => 30, _ => 365 } * Day)), Now / 60 * 60);

    private static HistoryQuery Query(long from, long to, long? step, bool hasSteps) => new() { Filter = FlowFilter.Everything, From = from, To = to, Step = step, HasSteps = hasSteps };
}
