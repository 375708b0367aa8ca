using SFlow.Exporter.Elasticsearch;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Elasticsearch;

/// <summary>A clock that is set expires nothing, and a kill is said at the next start.</summary>
public sealed class SpoolClockTests
{
    private static readonly CancellationToken Passed = new(canceled: true);

    [Theory]
    [InlineData(400)]
    [InlineData(-400)]
    public void A_clock_that_is_set_while_the_program_runs_changes_no_age(int days)
    {
        using SpoolFixture fixture = new(ageSeconds: 7_200);
        fixture.Append();
        fixture.Time.Advance(TimeSpan.FromSeconds(100));
        fixture.Clock.Step(TimeSpan.FromDays(days));
        fixture.Append();
        Assert.Equal(100, fixture.Stats.OldestSeconds);
        fixture.Time.Advance(TimeSpan.FromSeconds(7_050));
        Assert.Equal(7_150, fixture.Stats.OldestSeconds);
        Assert.Equal(Enumerable.Range(0, 20), fixture.TakeAll());
        Assert.Equal((0, 0, 0, 0), fixture.Lost);
    }

    [Fact]
    public void Without_a_change_of_the_clock_the_age_limit_counts_over_a_restart()
    {
        using SpoolFixture fixture = new(ageSeconds: 36_000);
        fixture.Append();
        fixture.Time.Advance(TimeSpan.FromSeconds(30_000));
        fixture.Reopen();
        Assert.Equal(30_000, fixture.Stats.OldestSeconds);
        fixture.Time.Advance(TimeSpan.FromSeconds(6_100));
        Assert.Empty(fixture.TakeAll());
        Assert.Equal((0, 10, 0, 0), fixture.Lost);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(-400)]
    public void A_clock_that_is_set_between_two_runs_leaves_the_records_at_least_an_hour(int days)
    {
        using SpoolFixture fixture = new(ageSeconds: 86_400);
        fixture.Append();
        fixture.Append();
        fixture.Clock.Step(TimeSpan.FromDays(days));
        fixture.Reopen();
        Assert.InRange(fixture.Stats.OldestSeconds, 0, 86_400 - 3_600);
        fixture.Time.Advance(TimeSpan.FromSeconds(3_590));
        fixture.Append();
        Assert.Equal(Enumerable.Range(0, 30), fixture.TakeAll());
        Assert.Equal((0, 0, 0, 0), fixture.Lost);
    }

    [Fact]
    public void Records_that_are_still_too_old_after_the_hour_are_lost_and_counted()
    {
        using SpoolFixture fixture = new(ageSeconds: 86_400);
        fixture.Append();
        fixture.Time.Advance(TimeSpan.FromDays(30));
        fixture.Reopen();
        fixture.Time.Advance(TimeSpan.FromSeconds(3_610));
        Assert.Empty(fixture.TakeAll());
        Assert.Equal((0, 10, 0, 0), fixture.Lost);
        Assert.Equal(0, fixture.Queue.Waiting);
    }

    [Fact]
    public void After_a_kill_the_next_start_says_how_many_records_only_the_memory_had()
    {
        using SpoolFixture fixture = new();
        fixture.Append(30);
        fixture.Queue.CountFound(500);
        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        fixture.Queue.CountWritten(380);
        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        // Less than a second before the kill: too late for a note.
        fixture.Queue.CountWritten(20);
        fixture.Reopen();
        Assert.Equal((30, 120), (fixture.Stats.Restored, fixture.Stats.LeftInMemory));
        Assert.Contains(fixture.Logged, line => line.Contains("held 120 records that are not in the spool", StringComparison.Ordinal));
        // The new run has none of them in memory, and notes that.
        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        fixture.Reopen();
        Assert.Equal((30, 0), (fixture.Stats.Restored, fixture.Stats.LeftInMemory));
    }

    [Fact]
    public async Task After_a_stop_nothing_is_said()
    {
        using SpoolFixture fixture = new();
        fixture.Queue.CountFound(20);
        await fixture.Bodies.AddAsync(fixture.Body(10), CancellationToken.None);
        await fixture.Bodies.AddAsync(fixture.Body(10), Passed);
        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, fixture.Bodies.Close());
        fixture.Time.Advance(TimeSpan.FromSeconds(5));
        fixture.Logged.Clear();
        fixture.Reopen();
        Assert.Equal((20, 0), (fixture.Stats.Restored, fixture.Stats.LeftInMemory));
        Assert.Contains("20 records of an earlier run", Assert.Single(fixture.Logged), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-5")]
    [InlineData("many")]
    [InlineData("99999999999999999999999")]
    public void A_note_that_is_damaged_is_no_note(string text)
    {
        using SpoolFixture fixture = new();
        File.WriteAllText(Path.Combine(fixture.Folder, "in-memory"), text);
        fixture.Reopen();
        Assert.Equal(0, fixture.Stats.LeftInMemory);
    }
}
