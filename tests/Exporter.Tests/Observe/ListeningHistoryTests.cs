using SFlow.Exporter.Observe;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Tests.Identify;
using static SFlow.Exporter.Tests.Observe.Packets;

namespace SFlow.Exporter.Tests.Observe;

public sealed class ListeningHistoryTests(ITestOutputHelper output)
{
    private const string Client = "10.128.2.7", Server = "10.128.2.6";
    private const long Minute = 60_000_000_000;

    [Fact]
    public void A_port_that_many_talk_to_is_a_servers_although_it_is_the_higher_one()
    {
        Packets packets = new();
        ServerEnd[] seen = [.. Enumerable.Range(0, 32).Select(client => packets.See($"198.51.100.{client}", 40_001 + client, Server, 59_999, Udp).Server)];
        Assert.Equal(ServerEnd.Source, seen[0]);
        Assert.Equal(ServerEnd.Destination, seen[^1]);
        Assert.Equal((ServerEnd.Source, ServerReason.ListeningHistory), Of(packets.See(Server, 59_999, "198.51.100.77", 40_100, Udp)));
        Assert.Equal(1, packets.Listening);
    }

    [Fact]
    public void One_socket_that_asks_many_servers_does_not_listen()
    {
        Packets packets = new();
        for (int server = 0; server < 64; server++)
        {
            Assert.Equal((ServerEnd.Destination, ServerReason.IanaPort), Of(packets.See(Client, 50_000, $"198.51.100.{server}", 3_478, Udp)));
            Assert.Equal((ServerEnd.Source, ServerReason.IanaPort), Of(packets.See($"198.51.100.{server}", 3_478, Client, 50_000, Udp)));
        }
    }

    [Fact]
    public void A_scanned_port_that_refuses_is_no_servers()
    {
        Packets packets = new();
        packets.See(Client, 4_443, Server, 50_051, flags: TcpFlag.Syn);
        Assert.Equal(1, packets.Listening);
        Flow reset = packets.See(new Flow
        {
            Source = Cluster.Address(Server),
            Destination = Cluster.Address(Client),
            SourcePort = 50_051,
            DestinationPort = 4_443,
            Protocol = Tcp,
            TcpFlags = TcpFlag.Reset | TcpFlag.Acknowledge,
            Facts = PacketFacts.IPv4 | PacketFacts.Ports | PacketFacts.Tcp,
        });
        Assert.Equal((ServerEnd.Source, ServerReason.ListeningHistory), Of(reset));
        Assert.Equal(0, packets.Listening);
    }

    [Fact]
    public void A_socket_that_calls_does_not_listen_any_more()
    {
        Packets packets = new();
        packets.See(Client, 4_443, Server, 50_051, flags: TcpFlag.Syn);
        packets.See(Server, 50_051, "198.51.100.1", 50_052, flags: TcpFlag.Syn);
        Assert.Equal((ServerEnd.Destination, ServerReason.ListeningHistory), Of(packets.See(Server, 50_051, "198.51.100.1", 50_052)));
    }

    [Fact]
    public void What_answered_is_worth_more_than_what_was_called()
    {
        Packets packets = new();
        packets.See(Server, 50_051, Client, 50_050, flags: TcpFlag.Syn | TcpFlag.Acknowledge);
        packets.See("198.51.100.1", 40_000, Client, 50_050, flags: TcpFlag.Syn);
        Assert.Equal((ServerEnd.Source, ServerReason.ListeningHistory), Of(packets.See(Server, 50_051, Client, 50_050)));
    }

    [Fact]
    public void What_is_silent_for_too_long_is_forgotten()
    {
        Packets packets = new(new ObserveOptions { SocketAge = TimeSpan.FromMinutes(10) });
        packets.See(Client, 4_443, Server, 50_051, flags: TcpFlag.Syn);
        packets.Now = 9 * Minute;
        Assert.Equal(ServerReason.ListeningHistory, packets.See(Client, 4_443, Server, 50_051).ServerReason);
        packets.Now = 18 * Minute;
        Assert.Equal(ServerReason.ListeningHistory, packets.See(Client, 4_443, Server, 50_051).ServerReason);
        packets.Now = 30 * Minute;
        Assert.Equal((ServerEnd.Source, ServerReason.IanaPort), Of(packets.See(Client, 4_443, Server, 50_051)));
    }

    [Fact]
    public void It_is_bounded_keeps_those_who_listen_and_counts_those_that_had_to_go()
    {
        ListeningHistory history = new(1_024, 3_600_000_000_000);
        Assert.Equal(1_024, history.Maximum);
        Flow listener = Packet(1, 9_999, 40_000);
        history.Learn(listener, answer: true);
        for (int other = 2; other < 20_000; other++) history.Judge(Packet(other, 50_000, 40_000), ServerEnd.Unknown);
        Assert.Equal(0, history.Displaced);
        Assert.Equal(ServerEnd.Source, history.Judge(listener, ServerEnd.Unknown));

        for (int other = 2; other < 20_000; other++) history.Learn(Packet(other, 50_000, 40_000), answer: true);
        Assert.InRange(history.Displaced, 18_000, 20_000);
        Assert.InRange(history.Count, 900, 1_024);
        output.WriteLine($"{history.Count} of {history.Maximum} known after 20 000 listeners, {history.Displaced} displaced");
    }

    /// <summary>The table is shared by workers that take no lock.</summary>
    [Fact]
    public async Task Workers_that_write_together_lose_at_most_a_remark()
    {
        ListeningHistory history = new(65_536, 3_600_000_000_000);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(() =>
        {
            for (int round = 0; round < 50; round++)
                for (int socket = worker; socket < 4_000; socket += 2) history.Learn(Packet(socket, 50_051, 4_443), answer: true);
        })));
        int right = Enumerable.Range(0, 4_000).Count(socket => history.Judge(Packet(socket, 50_051, 4_443), ServerEnd.Destination) == ServerEnd.Source);
        Assert.Equal(4_000, right);
    }

    private static (ServerEnd, ServerReason) Of(in Flow record) => (record.Server, record.ServerReason);

    private static Flow Packet(int source, ushort sourcePort, ushort destinationPort) => new()
    {
        Source = Address.FromIPv4(0x0A80_0000u + (uint)source),
        Destination = Address.FromIPv4(0xC633_6401),
        SourcePort = sourcePort,
        DestinationPort = destinationPort,
        Protocol = Tcp,
    };
}
