using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Agents;

public sealed class SenderTests
{
    [Fact]
    public void Two_senders_that_take_turns_are_a_conflict_and_both_are_used()
    {
        Heard heard = new();
        for (uint i = 0; i < 100; i++)
        {
            Assert.Equal(DatagramOutcome.Ok, heard.Hear(1_000 + i, 100_000 + i * 1_000, i));
            Assert.Equal(DatagramOutcome.Ok, heard.Hear(7 + i, 500 + i * 1_000, i + 0.5, sender: Heard.OtherSender));
        }
        heard.Settle(1_000, final: true);
        Assert.Equal((0, 0, 0, 0, 198), heard.Figures);
        Assert.Equal(200, heard.Agent.Datagrams);
    }

    [Fact]
    public void A_sender_that_moves_for_good_is_no_conflict()
    {
        Heard heard = new Heard().HearRun(1, 100).HearRun(101, 300, sender: Heard.OtherSender);
        heard.Settle(1_000, final: true);
        Assert.Equal((0, 0, 0, 0, 0), heard.Figures);
        Assert.Equal(Heard.OtherSender, heard.Agent.Sender);
    }

    [Fact]
    public void A_sender_that_comes_back_after_a_minute_is_no_conflict()
    {
        Heard heard = new Heard().HearRun(1, 10);
        heard.Hear(1, 0, 30, sender: Heard.OtherSender);
        heard.Hear(11, 62_000);
        Assert.Equal(0, heard.Agent.Conflicts);
    }

    [Fact]
    public void More_senders_than_are_distinguished_lose_no_datagram()
    {
        Heard heard = new();
        for (uint i = 0; i < 60; i++)
            for (uint sender = 0; sender < 6; sender++)
                Assert.Equal(DatagramOutcome.Ok, heard.Hear(sender * 10_000 + i, i * 1_000, i + sender / 10.0, sender: Heard.Parse($"192.0.2.{sender + 1}")));
        heard.Settle(1_000, final: true);
        Assert.Equal((0, 360), (heard.Agent.Lost, heard.Agent.Datagrams));
    }

    [Fact]
    public void One_numbering_over_two_paths_is_no_loss()
    {
        Heard heard = new();
        for (uint i = 1; i <= 600; i++) heard.Hear(i, i * 100, sender: i % 3 == 0 ? Heard.OtherSender : null);
        heard.Settle(1_000, final: true);
        Assert.Equal((600, 0, 0, 0), (heard.Agent.Datagrams, heard.Agent.Lost, heard.Agent.Restarts, heard.Agent.Duplicates));
    }

    [Fact]
    public void Datagrams_that_come_by_two_paths_are_taken_once_whichever_is_faster()
    {
        Heard heard = new();
        for (uint i = 1; i <= 600; i++)
        {
            if (i == 300) continue;
            bool otherFirst = i % 3 == 0;
            Assert.Equal(DatagramOutcome.Ok, heard.Hear(i, i * 100, i / 10.0, sender: otherFirst ? Heard.OtherSender : null));
            Assert.Equal(DatagramOutcome.Duplicate, heard.Hear(i, i * 100, i / 10.0 + 0.01, sender: otherFirst ? null : Heard.OtherSender));
        }
        heard.Settle(1_000, final: true);
        Assert.Equal((599, 1, 0, 599), (heard.Agent.Datagrams, heard.Agent.Lost, heard.Agent.Restarts, heard.Agent.Duplicates));
    }

    [Fact]
    public void Two_senders_of_one_numbering_are_a_conflict_still()
    {
        Heard heard = new();
        heard.Hear(1, 1_000);
        heard.Hear(2, 2_000, sender: Heard.OtherSender);
        Assert.Equal(0, heard.Agent.Conflicts);
        heard.Hear(3, 3_000);
        Assert.Equal(1, heard.Agent.Conflicts);
    }

    [Fact]
    public void What_the_former_sender_still_had_underway_is_no_conflict()
    {
        Heard heard = new();
        heard.Hear(1, 1_000);
        heard.Hear(3, 3_000, sender: Heard.OtherSender);
        heard.Hear(2, 2_000, 3.1);
        heard.Hear(4, 4_000, sender: Heard.OtherSender);
        heard.Settle(60, final: true);
        Assert.Equal((0, 1, 0, 0, 0), heard.Figures);
    }
}
