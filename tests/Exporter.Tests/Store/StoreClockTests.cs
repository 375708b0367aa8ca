using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Store;

namespace SFlow.Exporter.Tests.Store;

/// <summary>Clocks that are set, by minutes, days and years, forward and back.</summary>
public class StoreClockTests
{
    private static readonly TimeSpan Upkeep = TimeSpan.FromSeconds(10);

    public static TheoryData<string> Steps => ["00:07:00", "1.00:00:00", "49.17:02:48", "60.00:00:00", "400.00:00:00", "36500.00:00:00",
        "-00:07:00", "-1.00:00:00", "-49.17:02:48", "-60.00:00:00", "-400.00:00:00", "-18250.00:00:00"];

    [Theory, MemberData(nameof(Steps))]
    public async Task A_step_of_the_clock_evicts_nothing_and_neither_does_the_step_back(string step)
    {
        using StoreFixture fixture = new(new SampleFlows(), options => options.MaximumAge = TimeSpan.FromMinutes(5));
        fixture.Store.Open();
        fixture.Write(fixture.Flows.Make(600));
        Maintain(fixture);
        TimeSpan by = TimeSpan.Parse(step, System.Globalization.CultureInfo.InvariantCulture);

        fixture.Clock.Step(by);
        for (int i = 0; i < 12; i++)
        {
            fixture.Time.Advance(Upkeep);
            Maintain(fixture);
        }
        Assert.Equal(0, fixture.Figures.Evicted);
        fixture.Clock.Step(-by);
        fixture.Time.Advance(Upkeep);
        Maintain(fixture);

        Assert.Equal(0, fixture.Figures.Evicted);
        Assert.Equal(600, (await fixture.AllAsync()).Count);
        Assert.Single(fixture.Logs.Lines, line => line.Contains("The clock was set", StringComparison.Ordinal));
    }

    [Theory, InlineData(true), InlineData(false)]
    public void A_new_time_that_held_for_long_and_has_datagrams_evicts_by_age_again(bool traffic)
    {
        using StoreFixture fixture = new(new SampleFlows(), options =>
        {
            options.MaximumAge = TimeSpan.FromDays(2);
            options.ClockHold = TimeSpan.FromMinutes(20);
        });
        fixture.Store.Open();
        Write(fixture, 500);
        Maintain(fixture);
        fixture.Clock.Step(TimeSpan.FromDays(3));
        Hold(fixture, TimeSpan.FromMinutes(19), traffic);
        Assert.Equal(0, fixture.Figures.Evicted);

        Hold(fixture, TimeSpan.FromMinutes(2), traffic);

        Assert.Equal(traffic ? 500 : 0, fixture.Figures.Evicted);
    }

    [Fact]
    public void A_time_that_steps_again_begins_to_hold_anew()
    {
        using StoreFixture fixture = new(new SampleFlows(), options =>
        {
            options.MaximumAge = TimeSpan.FromDays(2);
            options.ClockHold = TimeSpan.FromMinutes(20);
        });
        fixture.Store.Open();
        Write(fixture, 500);
        Maintain(fixture);
        foreach (int days in new[] { 3, 9, 30 })
        {
            fixture.Clock.Step(TimeSpan.FromDays(days));
            Hold(fixture, TimeSpan.FromMinutes(15), traffic: true);
        }
        Assert.Equal(0, fixture.Figures.Evicted);
    }

    [Theory, InlineData(-20), InlineData(-400), InlineData(-5000)]
    public async Task What_came_while_the_clock_was_set_back_is_as_old_as_it_is(int days)
    {
        using StoreFixture fixture = new(new SampleFlows(), options => options.MaximumAge = TimeSpan.FromHours(3));
        fixture.Store.Open();
        Write(fixture, 500);
        Maintain(fixture);
        fixture.Clock.Step(TimeSpan.FromDays(days));
        Write(fixture, 3_000);
        Hold(fixture, TimeSpan.FromMinutes(10), traffic: false);
        Write(fixture, 300);
        fixture.Clock.Step(TimeSpan.FromDays(-days));
        Write(fixture, 200);
        Hold(fixture, TimeSpan.FromMinutes(160), traffic: false);
        Assert.Equal(0, fixture.Figures.Evicted);
        Assert.Equal(4_000, (await fixture.AllAsync()).Count);

        Hold(fixture, TimeSpan.FromMinutes(30), traffic: false);
        Assert.Equal(4_000, fixture.Figures.Evicted);
    }

    [Fact]
    public void Records_of_a_time_that_lies_ahead_go_when_they_were_written_long_enough_ago()
    {
        using StoreFixture fixture = new(new SampleFlows(), options => options.MaximumAge = TimeSpan.FromHours(3));
        fixture.Store.Open();
        fixture.Clock.Step(TimeSpan.FromDays(365));
        Write(fixture, 3_000);
        Maintain(fixture);
        fixture.Clock.Step(TimeSpan.FromDays(-365));
        Hold(fixture, TimeSpan.FromMinutes(170), traffic: true);
        Assert.Equal(0, fixture.Figures.Evicted);

        Hold(fixture, TimeSpan.FromMinutes(20), traffic: true);

        Assert.InRange(fixture.Figures.Evicted, 3_000, 3_000 + 20 * 6);
    }

    [Theory, InlineData(90, false), InlineData(0, true), InlineData(-90, false)]
    public async Task A_start_at_an_unlikely_time_evicts_nothing_at_once(int days, bool evicts)
    {
        using StoreFixture before = new(new SampleFlows(), options => options.MaximumAge = TimeSpan.FromMinutes(5));
        before.Store.Open();
        Write(before, 200);
        before.Store.Dispose();
        using StoreFixture after = new(before.Flows, options => options.MaximumAge = TimeSpan.FromMinutes(5), before.Options.Folder);
        after.Clock.Step(TimeSpan.FromDays(days) + TimeSpan.FromMinutes(6));
        after.Store.Open();
        Maintain(after);

        Assert.Equal(evicts ? 0 : 200, (await after.AllAsync()).Count);
    }

    [Theory, MemberData(nameof(Steps))]
    public async Task The_sink_goes_on_after_a_step(string step)
    {
        using StoreFixture fixture = new(new SampleFlows());
        RecordQueue queue = new(RecordSink.Name, 64);
        using RecordSink sink = new(fixture.Store, queue, new SFlow.Exporter.Options.ShutdownOptions { Deadline = TimeSpan.FromSeconds(30) }, fixture.Clock,
            new Microsoft.Extensions.Logging.Logger<RecordSink>(fixture.Logs));
        await sink.StartAsync(CancellationToken.None);
        TimeSpan by = TimeSpan.Parse(step, System.Globalization.CultureInfo.InvariantCulture);
        for (int round = 0; round < 3; round++)
        {
            foreach (RecordBatch batch in fixture.Batches(fixture.Flows.Make(512))) queue.Offer(batch);
            for (int wait = 0; queue.Waiting > 0 && wait < 3000; wait++) await Task.Delay(5);
            Assert.False(sink.ExecuteTask!.IsCompleted);
            fixture.Clock.Step(round == 0 ? by : -by / 2);
            fixture.Time.Advance(TimeSpan.FromSeconds(3));
        }
        await sink.StopAsync(CancellationToken.None);

        Assert.Equal(3 * 512, queue.Written);
        Assert.True(sink.ExecuteTask!.IsCompletedSuccessfully);
    }

    private static void Hold(StoreFixture fixture, TimeSpan span, bool traffic)
    {
        for (TimeSpan held = TimeSpan.Zero; held < span; held += Upkeep)
        {
            fixture.Time.Advance(Upkeep);
            if (traffic) Write(fixture, 1);
            Maintain(fixture);
        }
    }

    /// <summary>Records as they would come in now.</summary>
    private static void Write(StoreFixture fixture, int count)
    {
        Flow[] records = fixture.Flows.Make(count);
        for (int i = 0; i < records.Length; i++) records[i].TimestampNanoseconds = fixture.Clock.GetUtcNow().ToUnixNanoseconds();
        fixture.Write(records);
    }

    private static void Maintain(StoreFixture fixture)
    {
        while (fixture.Store.Maintain()) { }
    }
}
