using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Agents;

public sealed class SenderTests
{
    [Fact]
    public void TwoSendersThatTakeTurnsAreAConflictAndBothAreUsed()
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
    public void ASenderThatMovesForGoodIsNoConflict()
    {
        Heard heard = new Heard().HearRun(1, 100).HearRun(101, 300, sender: Heard.OtherSender);
        heard.Settle(1_000, final: true);
        Assert.Equal((0, 0, 0, 0, 0), heard.Figures);
        Assert.Equal(Heard.OtherSender, heard.Agent.Sender);
    }

    [Fact]
    public void ASenderThatComesBackAfterAMinuteIsNoConflict()
    {
        Heard heard = new Heard().HearRun(1, 10);
        heard.Hear(1, 0, 30, sender: Heard.OtherSender);
        heard.Hear(11, 62_000);
        Assert.Equal(0, heard.Agent.Conflicts);
    }

    [Fact]
    public void MoreSendersThanAreToldApartLoseNoDatagram()
    {
        Heard heard = new();
        for (uint i = 0; i < 60; i++)
            for (uint sender = 0; sender < 6; sender++)
                Assert.Equal(DatagramOutcome.Ok, heard.Hear(sender * 10_000 + i, i * 1_000, i + sender / 10.0, sender: Heard.Parse($"192.0.2.{sender + 1}")));
        heard.Settle(1_000, final: true);
        Assert.Equal((0, 360), (heard.Agent.Lost, heard.Agent.Datagrams));
    }
}
