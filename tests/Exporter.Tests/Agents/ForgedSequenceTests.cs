using SFlow.Exporter.Agents;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Agents;

/// <summary>What somebody who can send to us can do to the figures of an agent: to its losses nothing, and its datagrams are all used.</summary>
public sealed class ForgedSequenceTests
{
    [Theory]
    [InlineData(40u)]
    [InlineData(900u)]
    [InlineData(70_000u)]
    [InlineData(99_999u)]
    public void Jumps_of_another_sender_are_conflicts_and_no_loss(uint jump)
    {
        Heard heard = new Heard().HearRun(1, 100);
        uint forged = 100;
        for (uint i = 0; i < 300; i++)
        {
            forged += jump;
            heard.Hear(forged, 10_000 + i * 100, 10 + i / 10.0, length: 777, sender: Heard.OtherSender);
            heard.HearRun(101 + i, 1);
        }
        heard.Settle(1_000, final: true);
        Assert.InRange(heard.Agent.Lost, 0, 16);
        Assert.Equal((0, 0), (heard.Agent.Duplicates, heard.Agent.Restarts));
        Assert.InRange(heard.Agent.Conflicts, 590, 600);
        Assert.Equal(700, heard.Agent.Datagrams);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Predicted_numbers_make_no_duplicates_of_the_true_datagrams(bool byTheSameSender)
    {
        Heard heard = new Heard().HearRun(4_000, 100);
        for (uint i = 4_100; i < 4_400; i++)
        {
            Hear(heard, i, print: 0xBAD0_0000 + i * 7, byTheSameSender ? null : Heard.OtherSender);
            Assert.Equal(DatagramOutcome.Ok, Hear(heard, i, print: i, null));
        }
        heard.Settle(1_000, final: true);
        Assert.Equal((0, 0, 0, 0), (heard.Agent.Lost, heard.Agent.Reordered, heard.Agent.Duplicates, heard.Agent.Restarts));
        Assert.InRange(heard.Agent.Conflicts, 290, 600);
    }

    [Fact]
    public void Jumps_of_the_same_sender_are_bounded_by_time_and_rate()
    {
        Heard heard = new Heard().HearRun(1, 600);
        uint forged = 600;
        for (uint i = 0; i < 2_000; i++) heard.Hear(forged += 20_000, 60_000 + i, 60 + i / 1_000.0, length: 333);
        heard.Settle(1_000, final: true);
        Assert.InRange(heard.Agent.Lost, 0, 1_000);
    }

    [Fact]
    public void An_agent_that_was_cut_off_loses_what_it_sent_meanwhile()
    {
        // 50 datagrams a second for ten minutes, and four minutes of them missing.
        Heard heard = new();
        for (uint i = 0; i < 42_000; i++)
            if (i is < 10_000 or >= 22_000) heard.Hear(i, i * 20, i / 50.0);
        heard.Settle(10_000, final: true);
        Assert.Equal((12_000, 0, 0, 0, 0), heard.Figures);
    }

    [Fact]
    public void Another_sender_is_the_agents_own_once_the_first_is_silent()
    {
        Heard heard = new Heard().HearRun(1, 20);
        for (uint i = 0; i < 100; i++) heard.Hear(70_000 + i * 2, 500_000 + i * 1_000, 2 + i, sender: Heard.OtherSender);
        heard.Settle(1_000, final: true);
        // From 60 s after the first one's last on, each gap of one counts.
        Assert.InRange(heard.Agent.Lost, 35, 45);
        Assert.True(heard.Agent.IsKnownBy(Heard.OtherSender));
    }

    private static DatagramOutcome Hear(Heard heard, uint sequence, uint print, Address? sender) => heard.Registry.Observe(
        new DatagramIdentity(heard.Agent.Address, 0, sequence, sequence * 100, 1_000, print),
        new DatagramOrigin(Heard.At(sequence / 10.0), sender ?? Heard.FirstSender, 40_000), out _);
}
