using SFlow.Exporter.Pipeline;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Agents;

public sealed class SequenceTests
{
    [Fact]
    public void A_missing_datagram_is_lost_after_five_seconds_and_not_before()
    {
        Heard heard = new();
        heard.Hear(1, 1_000);
        heard.Hear(4, 2_000);
        heard.Settle(6.9);
        Assert.Equal(0, heard.Agent.Lost);
        heard.Settle(7.1);
        Assert.Equal(2, heard.Agent.Lost);
    }

    [Fact]
    public void The_next_datagram_after_five_seconds_counts_what_is_missing()
    {
        Heard heard = new();
        heard.Hear(1, 1_000);
        heard.Hear(3, 2_000);
        heard.Hear(4, 7_100);
        Assert.Equal((1, 0, 0, 0, 0), heard.Figures);
    }

    [Fact]
    public void Every_missing_datagram_is_lost_at_the_end()
    {
        Heard heard = new();
        heard.Hear(1, 1_000);
        heard.Hear(10, 1_500);
        heard.Hear(12, 1_600);
        heard.Settle(1.7, final: true);
        Assert.Equal(9, heard.Agent.Lost);
        heard.Settle(60, final: true);
        Assert.Equal(9, heard.Agent.Lost);
    }

    [Fact]
    public void What_leaves_the_window_is_lost_at_once()
    {
        Heard heard = new();
        for (uint sequence = 1; sequence <= 266; sequence++)
            if (sequence is not (11 or 12)) heard.Hear(sequence, 1_000, 1);
        Assert.Equal(0, heard.Agent.Lost);
        heard.Hear(267, 1_000, 1);
        Assert.Equal(1, heard.Agent.Lost);
        heard.Hear(268, 1_000, 1);
        Assert.Equal(2, heard.Agent.Lost);
    }

    [Theory]
    [InlineData(256u, 2)]
    [InlineData(257u, 2)]
    [InlineData(258u, 2)]
    [InlineData(5_000u, 80)]
    [InlineData(100_000u, 1_600)]
    public void A_gap_of_any_size_up_to_a_hundred_thousand_is_counted_exactly_where_there_was_time_for_it(uint ahead, uint second)
    {
        Heard heard = new Heard().HearRun(1, 10);
        heard.Hear(10 + ahead, second * 1_000);
        heard.Settle(second, final: true);
        Assert.Equal((ahead - 1L, 0, 0, 0, 0), heard.Figures);
        Assert.Equal(11, heard.Agent.Datagrams);
    }

    [Fact]
    public void A_late_datagram_is_reordered_and_no_loss()
    {
        Heard heard = new();
        foreach (uint sequence in (uint[])[1, 2, 5, 4, 6, 3, 7]) Assert.Equal(DatagramOutcome.Ok, heard.Hear(sequence, sequence * 1_000, sequence / 10.0));
        heard.Settle(60, final: true);
        Assert.Equal((0, 2, 0, 0, 0), heard.Figures);
        Assert.Equal(7, heard.Agent.Datagrams);
    }

    [Fact]
    public void A_late_datagram_that_was_given_up_is_taken_and_lost_never_shrinks()
    {
        Heard heard = new();
        heard.Hear(1, 1_000);
        heard.Hear(3, 1_200);
        heard.Hear(4, 7_000);
        Assert.Equal(DatagramOutcome.Ok, heard.Hear(2, 1_100, 7.1));
        Assert.Equal((1, 1, 0, 0, 0), heard.Figures);
    }

    [Fact]
    public void Any_order_of_two_hundred_datagrams_is_no_loss()
    {
        Random random = new(7);
        for (int round = 0; round < 50; round++)
        {
            uint[] sequences = [.. Enumerable.Range(1, 200).Select(sequence => (uint)sequence)];
            random.Shuffle(sequences.AsSpan(1));
            Heard heard = new();
            foreach (uint sequence in sequences) Assert.Equal(DatagramOutcome.Ok, heard.Hear(sequence, 5_000, 5 + sequence / 1e4));
            heard.Settle(60, final: true);
            Assert.Equal((0, 0, 0), (heard.Agent.Lost, heard.Agent.Duplicates, heard.Agent.Restarts));
        }
    }

    [Fact]
    public void Dropped_doubled_and_shuffled_datagrams_are_counted_as_a_set_says_them()
    {
        Random random = new(11);
        for (int round = 0; round < 20; round++)
        {
            Heard heard = new();
            const uint First = uint.MaxValue - 1_500;
            HashSet<uint> heardOnce = [];
            int doubled = 0;
            List<uint> air = [];
            for (uint place = 0; place < 3_000; place++)
            {
                bool end = place is 0 or 2_999;
                int copies = end ? 1 : random.Next(10) switch { 0 => 0, 1 => 2, _ => 1 };
                for (int copy = 0; copy < copies; copy++) air.Insert(end ? air.Count : Math.Max(1, air.Count - random.Next(20)), First + place);
            }
            foreach (uint sequence in air)
            {
                if (!heardOnce.Add(sequence)) doubled++;
                uint place = sequence - First;
                heard.Hear(sequence, 90_000 + place / 100 * 1_000, 90 + place / 100.0);
            }
            heard.Settle(1_000, final: true);
            Assert.Equal((3_000 - heardOnce.Count, doubled), (heard.Agent.Lost, heard.Agent.Duplicates));
            Assert.Equal((heardOnce.Count, 0), (heard.Agent.Datagrams, heard.Agent.Restarts));
            Assert.True(doubled > 100 && heardOnce.Count < 2_900);
        }
    }

    [Fact]
    public void Sequence_and_uptime_wrap_without_loss_or_restart()
    {
        Heard heard = new();
        for (uint i = 0; i < 1_000; i++)
            if (i != 500) heard.Hear(uint.MaxValue - 499 + i, uint.MaxValue - 50_000 + i * 100, i / 10.0);
        heard.Settle(200, final: true);
        Assert.Equal((1, 0, 0, 0, 0), heard.Figures);
    }

    [Fact]
    public void The_same_datagram_again_is_dropped_whoever_sends_it()
    {
        Heard heard = new Heard().HearRun(1, 20);
        Assert.Equal(DatagramOutcome.Duplicate, heard.Hear(20, 2_000));
        Assert.Equal(DatagramOutcome.Duplicate, heard.Hear(12, 1_200, 2));
        Assert.Equal(DatagramOutcome.Duplicate, heard.Hear(20, 2_000, sender: Heard.OtherSender));
        heard.HearRun(21, 5);
        heard.Settle(60, final: true);
        Assert.Equal((0, 0, 3, 0, 0), heard.Figures);
        Assert.Equal(25, heard.Agent.Datagrams);
    }

    [Fact]
    public void Allocates_nothing_for_an_agent_that_is_known()
    {
        Heard heard = new Heard().HearRun(1, 10);
        heard.Hear(1, 0, 2);
        heard.HearRun(2, 5);
        // Each try is a later stretch of the agent's life.
        uint seconds = 0;
        Assert.Equal(0, Allocated.Least(() =>
        {
            seconds += 300;
            uint first = 10 * seconds;
            for (uint i = 0; i < 2_000; i++)
            {
                heard.Hear(first + i, 1_000 * seconds, seconds);
                if (i % 7 == 0) heard.Hear(first + i, 1_000 * seconds, seconds);
                if (i % 500 == 0) heard.Hear(1 + i / 500, 0, seconds);
            }
            heard.Settle(seconds + 100);
        }));
    }
}
