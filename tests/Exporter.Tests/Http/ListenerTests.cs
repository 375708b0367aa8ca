using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using SFlow.Exporter.Http;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Receive;
using SFlow.Exporter.Tests.Receive;

namespace SFlow.Exporter.Tests.Http;

public sealed class ListenerTests
{
    [Theory]
    [InlineData(SocketError.AddressFamilyNotSupported), InlineData(SocketError.AddressNotAvailable)]
    public void A_kernel_without_IPv6_gets_IPv4_for_TCP_and_UDP(SocketError error)
    {
        ListLogger log = new();
        using Socket tcp = new ListeningSocket(log, true, family => Make(family, SocketType.Stream, error)).Open(new IPEndPoint(IPAddress.IPv6Any, 0));
        using UdpSocket udp = Assert.Single(new UdpSocketBinder(new ReceiveOptions { Port = 0 }, log, true, family => Make(family, SocketType.Dgram, error)).Bind(1));

        Assert.Equal(IPAddress.Any, ((IPEndPoint)tcp.LocalEndPoint!).Address);
        Assert.Equal(IPAddress.Any, ((IPEndPoint)udp.Socket.LocalEndPoint!).Address);
        Assert.Equal(2, log.Lines.Count(line => line.Level == LogLevel.Warning && line.Text.Contains("0.0.0.0", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_IPv6_address_that_was_asked_for_is_not_replaced()
    {
        ListenFailedException refused = Assert.Throws<ListenFailedException>(() =>
            new ListeningSocket(new ListLogger(), true, family => Make(family, SocketType.Stream, SocketError.AddressFamilyNotSupported)).Open(new IPEndPoint(IPAddress.IPv6Loopback, 0)));
        Assert.Contains("--http-listen", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_file_descriptors_the_listener_says_so_waits_and_goes_on()
    {
        ListLogger log = new();
        HttpFigures figures = new();
        int attempts = 0;
        Socket listening = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listening.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listening.Listen();
        await using ConnectionListener listener = new(
            listening,
            (socket, stop) => ++attempts <= 3 ? ValueTask.FromException<Socket>(new SocketException((int)SocketError.TooManyOpenSockets)) : socket.AcceptAsync(stop),
            new ConnectionTable(8, figures), figures, new RateLimitedLogger(log, TimeProvider.System), log);
        using Socket client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(listener.EndPoint);
        long start = TimeProvider.System.GetTimestamp();
        await using ConnectionContext? accepted = await listener.AcceptAsync();

        Assert.NotNull(accepted);
        Assert.True(TimeProvider.System.GetElapsedTime(start) > 2 * ConnectionListener.Pause);
        Assert.Equal(3, figures[HttpRefusal.Descriptors]);
        Assert.Single(log.Lines, line => line.Text.Contains("ulimit", StringComparison.Ordinal));
    }

    private static Socket Make(AddressFamily family, SocketType type, SocketError error) =>
        family == AddressFamily.InterNetworkV6 ? throw new SocketException((int)error) : new Socket(family, type, type == SocketType.Stream ? ProtocolType.Tcp : ProtocolType.Udp);
}
