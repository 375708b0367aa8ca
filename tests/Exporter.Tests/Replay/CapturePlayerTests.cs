using System.Net;
using SFlow.Captures;
using SFlow.Exporter.Agents;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Replay;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Replay;

[Collection(nameof(Alone))]
public sealed class CapturePlayerTests
{
    private static string Capture(string name) => Path.Combine(SharedFolder.Repository, "tests", "captures", name + ".pcap");

    private static List<byte[]> Payloads(Stream stream)
    {
        List<byte[]> payloads = [];
        using CaptureReader capture = new(stream);
        while (capture.TryRead(out CapturedDatagram datagram)) payloads.Add(datagram.Payload.ToArray());
        return payloads;
    }

    private static CapturePlayer Player(string name, IPEndPoint target, double rate = 0, bool loop = false) =>
        new(() => File.OpenRead(Capture(name)), target, rate, loop, TimeProvider.System);

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task Sends_every_datagram_unchanged_and_in_order(string address)
    {
        using Receiver receiver = new(IPAddress.Parse(address));
        CapturePlayer player = Player("ovn-s1-svc", receiver.EndPoint, rate: 5_000);
        await Task.WhenAll(player.PlayAsync(CancellationToken.None), receiver.ReceiveAsync(151));
        Assert.Equal(Payloads(File.OpenRead(Capture("ovn-s1-svc"))), receiver.Datagrams.Select(datagram => datagram.Payload));
        Assert.Equal((151, CaptureStatus.Ok), (player.Sent, player.Status));
    }

    [Fact]
    public async Task Datagrams_that_are_not_sFlow_are_sent_too()
    {
        byte[][] payloads = [[], [1, 2, 3], new DatagramBuilder().Build(), [.. Enumerable.Repeat((byte)0xFF, 9_000)]];
        byte[] capture = CaptureBuilder.Pcap(payloads);
        using Receiver receiver = new();
        using CancellationTokenSource stop = new();
        Task playing = new CapturePlayer(() => new MemoryStream(capture), receiver.EndPoint, 1_000, loop: true, TimeProvider.System).PlayAsync(stop.Token);
        await receiver.ReceiveAsync(4);
        await stop.CancelAsync();
        await playing;
        Assert.Equal(payloads, receiver.Datagrams.Take(4).Select(datagram => datagram.Payload));
    }

    [Fact]
    public async Task Keeps_the_pace_of_the_capture()
    {
        using Receiver receiver = new();
        CapturePlayer player = Player("ovn-s1-host", receiver.EndPoint);
        await Task.WhenAll(player.PlayAsync(CancellationToken.None), receiver.ReceiveAsync(15));
        TimeSpan took = TimeProvider.System.GetElapsedTime(receiver.Datagrams[0].Timestamp, receiver.Datagrams[^1].Timestamp);
        // The capture's first and last datagram are two seconds apart.
        Assert.InRange(took.TotalSeconds, 1.9, 3);
    }

    [Fact]
    public async Task Keeps_the_requested_rate()
    {
        using Receiver receiver = new();
        CapturePlayer player = Player("ovn-s1-cross", receiver.EndPoint, rate: 200);
        await player.PlayAsync(CancellationToken.None);
        Assert.InRange(player.Elapsed.TotalSeconds, 225 / 200.0 - 0.001, 225 / 200.0 + 0.5);
    }

    [Fact]
    public async Task Rounds_through_a_socket_are_one_life_of_the_agents()
    {
        using Receiver receiver = new();
        using CancellationTokenSource stop = new();
        CapturePlayer player = Player("ovn-s1-cross", receiver.EndPoint, rate: 2_000, loop: true);
        Task playing = player.PlayAsync(stop.Token);
        await receiver.ReceiveAsync(3 * 226);
        await stop.CancelAsync();
        await playing;
        receiver.Drain();

        AgentRegistry registry = new(new AgentOptions());
        Assert.True(Address.TryParse("127.0.0.1", out Address sender));
        foreach ((byte[] payload, long timestamp) in receiver.Datagrams)
        {
            Assert.Equal(DecodeStatus.Ok, Datagram.TryRead(payload, out Datagram datagram));
            DatagramIdentity identity = new(datagram.Agent, datagram.SubAgentId, datagram.Sequence, datagram.UptimeMilliseconds, payload.Length);
            Assert.Equal(DatagramOutcome.Ok, registry.Observe(identity, new DatagramOrigin(timestamp, sender, 1), out _));
        }
        registry.Settle(0, final: true);
        Agent[] agents = [registry[0], registry[1]];
        Assert.Equal((2, player.Sent), (registry.Count, agents.Sum(agent => agent.Datagrams)));
        Assert.All(agents, agent => Assert.Equal((0, 0, 0, 0, 0), (agent.Lost, agent.Reordered, agent.Duplicates, agent.Restarts, agent.Conflicts)));
    }

    [Fact]
    public async Task A_loop_over_nothing_stops()
    {
        using Receiver receiver = new();
        byte[] empty = CaptureBuilder.Pcap();
        CapturePlayer player = new(() => new MemoryStream(empty), receiver.EndPoint, 0, loop: true, TimeProvider.System);
        await player.PlayAsync(CancellationToken.None);
        Assert.Equal(0, player.Sent);
    }
}
