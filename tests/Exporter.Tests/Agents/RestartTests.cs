using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Agents;

public sealed class RestartTests
{
    [Theory]
    [InlineData(5)]
    [InlineData(200)]
    [InlineData(5_000)]
    public void A_restart_is_no_loss(int before)
    {
        Heard heard = new Heard().HearRun(2, before, uptimeAtZero: 60_000);
        double second = before / 10.0 + 1;
        for (uint i = 0; i < 20; i++) Assert.Equal(DatagramOutcome.Ok, heard.Hear(i + 1, i * 1_000, second + i));
        heard.Settle(second + 100, final: true);
        Assert.Equal((0, 0, 0, 1, 0), heard.Figures);
    }

    [Fact]
    public void Restarts_that_begin_with_equal_datagrams_are_no_duplicates()
    {
        Heard heard = new();
        for (int life = 0; life < 5; life++)
            for (uint i = 0; i < 3; i++) Assert.Equal(DatagramOutcome.Ok, heard.Hear(i + 1, i * 1_000, life * 4 + i, length: 1_396));
        heard.Settle(100, final: true);
        Assert.Equal((0, 0, 0, 4, 0), heard.Figures);
    }

    [Fact]
    public void A_restart_after_a_month_of_uptime_is_no_loss()
    {
        const uint Month = 2_592_000_000;
        Heard heard = new();
        for (uint i = 0; i < 10; i++) heard.Hear(1_000_000 + i, Month + i * 1_000, i);
        for (uint i = 0; i < 10; i++) heard.Hear(1 + i, i * 1_000, 20 + i);
        heard.Settle(100, final: true);
        Assert.Equal((0, 0, 0, 1, 0), heard.Figures);
    }

    [Fact]
    public void What_was_missing_before_a_restart_is_lost_after_it()
    {
        Heard heard = new Heard().HearRun(1, 10).HearRun(13, 10);
        heard.Hear(1, 0, 3);
        heard.Hear(2, 6_000, 9);
        Assert.Equal((2, 0, 0, 1, 0), heard.Figures);
    }

    [Theory]
    [InlineData(1u)]
    [InlineData(50u)]
    [InlineData(740u)]
    public void One_very_late_datagram_makes_no_loss(uint late)
    {
        Heard heard = new Heard().HearRun(1, 1_000);
        Assert.Equal(DatagramOutcome.Ok, heard.Hear(late, late * 100, 100.05, length: 999));
        heard.HearRun(1_001, 300);
        heard.Settle(1_000, final: true);
        Assert.Equal((0, 0, 0, 1, 0), heard.Figures);
    }

    [Fact]
    public void A_very_late_datagram_hides_no_true_loss()
    {
        Heard heard = new Heard().HearRun(1, 1_000);
        heard.Hear(50, 5_000, 100.05, length: 999);
        heard.HearRun(1_004, 300);
        heard.Settle(1_000, final: true);
        Assert.Equal((3, 0, 0, 1, 0), heard.Figures);
    }

    [Theory]
    [InlineData(100_011u)]
    [InlineData(2_000_000_000u)]
    [InlineData(4_000_000_000u)]
    public void A_forged_jump_adds_nothing_to_what_is_lost(uint forged)
    {
        Heard heard = new Heard().HearRun(1, 10);
        heard.Hear(forged, 1_050);
        heard.HearRun(11, 500);
        heard.Settle(1_000, final: true);
        Assert.Equal((0, 0, 0, 1, 0), heard.Figures);
        Assert.Equal(511, heard.Agent.Datagrams);
    }

    [Fact]
    public void A_forged_datagram_between_any_two_makes_no_loss()
    {
        Heard heard = new Heard().HearRun(1, 10);
        for (uint i = 11; i < 200; i++)
        {
            heard.Hear(3_000_000_000 - i * 1_000, 77, i / 10.0);
            heard.HearRun(i, 1);
        }
        heard.Settle(1_000, final: true);
        Assert.Equal(0, heard.Agent.Lost);
    }

    [Fact]
    public void The_restarts_of_Open_vSwitch_are_distinguished_from_loss()
    {
        Heard heard = new();
        int taken = heard.HearCapture(SFlow.Tests.SharedFolder.Require("ovn-lab", "captures", "plain-restart.pcap"));
        heard.Settle(0, final: true);

        Assert.Equal(409, taken);
        (string, long, long, long, long, long, long)[] agents = [.. Enumerable.Range(0, heard.Registry.Count).Select(id => heard.Registry[id])
            .Select(agent => (agent.Address.ToString(), agent.Datagrams, agent.Restarts, agent.Lost, agent.Duplicates, agent.Reordered, agent.Conflicts))
            .OrderBy(agent => agent.Item1, StringComparer.Ordinal)];
        Assert.Equal([("10.128.0.2", 383, 3, 0, 0, 0, 0), ("10.128.2.2", 26, 2, 0, 0, 0, 0)], agents);
    }
}
