using SFlow.Exporter.History;

namespace SFlow.Exporter.Tests.History;

/// <summary>Minutes by a clock that is late, that is set, and that stops.</summary>
public sealed class HistoryClockTests
{
    private const long Midnight = HistoryFixture.Midnight;

    [Fact]
    public void A_minute_that_began_late_or_was_cut_by_the_stop_is_covered_in_part()
    {
        using HistoryFixture history = new(start: DateTimeOffset.FromUnixTimeSeconds(Midnight + 23));
        Assert.Null(history.Pass(10));
        Assert.Equal(TimeSpan.FromSeconds(27), history.Minutes.UntilOver);
        Assert.Equal((Midnight, 37_000, Midnight + 60), Parts(history.Pass(27)!));
        history.Time.Advance(TimeSpan.FromSeconds(12.5));
        Assert.Equal((Midnight + 60, 12_500, Midnight + 72), Parts(history.Minutes.CutLast()));
    }

    [Fact]
    public void A_timer_that_is_some_milliseconds_late_changes_no_minute()
    {
        using HistoryFixture history = new();
        foreach (double seconds in new[] { 60.004, 60.2, 59.85, 60.7 }) Assert.Equal(60_000, history.Pass(seconds)!.CoveredMilliseconds);
    }

    [Fact]
    public void A_process_that_was_stopped_covers_the_time_that_it_counted()
    {
        using HistoryFixture history = new();
        history.Time.Advance(TimeSpan.FromSeconds(30));
        HistoryMinute stopped = history.Pass(600)!;
        Assert.Equal((Midnight, 630_000, Midnight + 630), Parts(stopped));
        Assert.Equal((Midnight + 600, 30_000, Midnight + 660), Parts(history.Pass(30)!));
    }

    [Theory]
    [InlineData(-3_600)]
    [InlineData(3_600)]
    [InlineData(86_400 * 400)]
    public void A_clock_that_is_set_ends_the_minute_and_loses_nothing(int seconds)
    {
        using HistoryFixture history = new();
        int host = history.Host("shop", "web");
        for (int minute = 0; minute < 70; minute++) history.Pass();
        history.Count(host, host);
        history.Time.Advance(TimeSpan.FromSeconds(20));
        history.Clock.Step(TimeSpan.FromSeconds(seconds));
        Assert.Equal((Midnight + 4_200, 20_000, Midnight + 4_220), Parts(history.Pass(0)!));
        history.Count(host, host);
        Assert.Equal((Midnight + 4_200 + seconds, 40_000, Midnight + 4_260 + seconds), Parts(history.Pass(40)!));
        for (int minute = 0; minute < 70; minute++) history.Pass();
        foreach (HistoryResolution resolution in HistoryResolutions.All)
        {
            ReadHistory read = history.Read(resolution);
            Assert.Equal(2UL, read.Total.Samples);
            Assert.Equal(141L * 60_000, read.Windows.Sum(window => window.CoveredMilliseconds));
        }
    }

    [Fact]
    public void A_clock_that_was_wrong_for_a_while_takes_no_windows_away()
    {
        using HistoryFixture history = new();
        for (int minute = 0; minute < 200; minute++) history.Pass();
        history.Clock.Step(TimeSpan.FromDays(3_650));
        for (int minute = 0; minute < 3; minute++) history.Pass();
        history.Clock.Step(TimeSpan.FromDays(-3_650));
        for (int minute = 0; minute < 3; minute++) history.Pass();
        // The first minute after each step is a part of its minute, as the step came at its start.
        Assert.Equal(206L * 60_000, history.Read().Windows.Sum(window => window.CoveredMilliseconds));
        Assert.Equal(206L * 60_000, history.Read(HistoryResolution.Day).Windows.Sum(window => window.CoveredMilliseconds));
    }

    private static (long, long, long) Parts(HistoryMinute minute) => (minute.Start, minute.CoveredMilliseconds, minute.Ended);
}
