using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Receive;

namespace SFlow.Exporter.Tests.Receive;

[Collection(nameof(Alone))]
public sealed class PortTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 2)]
    public async Task A_second_instance_fails_and_says_what_to_do(int first, int second)
    {
        await using RunningReceiver running = await RunningReceiver.StartAsync(workers: first);
        int port = running.Receiver.Port;
        foreach (string address in new[] { "::", "0.0.0.0", "127.0.0.1" })
        {
            ReceiveFailedException refused = await Assert.ThrowsAsync<ReceiveFailedException>(() => RunningReceiver.StartAsync(address: address, port: port, workers: second));
            Assert.IsType<StartException>(refused, exactMatch: false);
            Assert.Contains($"UDP port {port} is in use", refused.Message, StringComparison.Ordinal);
            Assert.Contains("--port", refused.Message, StringComparison.Ordinal);
        }

        await running.StopAsync();
        await using RunningReceiver next = await RunningReceiver.StartAsync(port: port, workers: second);
        Assert.Equal(port, next.Receiver.Port);
    }

    [Theory]
    [InlineData("0.0.0.0", 1)]
    [InlineData("0.0.0.0", 2)]
    [InlineData("127.0.0.1", 2)]
    [InlineData("::", 2)]
    public async Task A_port_that_another_process_would_share_is_in_use_too(string address, int workers)
    {
        using Socket other = Sharing(IPAddress.Parse(address), 0);
        int port = ((IPEndPoint)other.LocalEndPoint!).Port;
        ReceiveFailedException refused = await Assert.ThrowsAsync<ReceiveFailedException>(() => RunningReceiver.StartAsync(port: port, workers: workers));
        Assert.Contains($"UDP port {port} is in use", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_single_worker_shares_its_port_with_no_process()
    {
        await using RunningReceiver running = await RunningReceiver.StartAsync(workers: 1);
        SocketException refused = Assert.Throws<SocketException>(() => Sharing(IPAddress.Any, running.Receiver.Port));
        Assert.Equal(SocketError.AddressAlreadyInUse, refused.SocketErrorCode);
    }

    [Fact]
    public async Task An_address_that_is_not_ours_is_named()
    {
        ReceiveFailedException refused = await Assert.ThrowsAsync<ReceiveFailedException>(() => RunningReceiver.StartAsync(address: "203.0.113.7"));
        Assert.Contains("203.0.113.7", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--listen", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_IPv6_all_IPv4_addresses_are_taken()
    {
        ListLogger log = new();
        using UdpSocket socket = Assert.Single(new UdpSocketBinder(new ReceiveOptions { Port = 0 }, log, isIPv6Supported: false).Bind(1));
        Assert.Equal(IPAddress.Any, ((IPEndPoint)socket.Socket.LocalEndPoint!).Address);
        Assert.Contains(log.Lines, line => line.Level == LogLevel.Warning && line.Text.Contains("0.0.0.0", StringComparison.Ordinal));
    }

    [Fact]
    public void A_buffer_that_the_kernel_capped_is_reported()
    {
        const string limitFile = "/proc/sys/net/core/rmem_max";
        if (!File.Exists(limitFile)) Assert.Skip("needs Linux");
        int limit = int.Parse(File.ReadAllText(limitFile));
        if (limit >= 1 << 30) Assert.Skip("net.core.rmem_max has no cap that an option could reach");

        Assert.Empty(WarningsFor(limit));
        string warning = Assert.Single(WarningsFor(limit + 4_096));
        Assert.Contains($"{limit} bytes instead of {limit + 4_096}", warning, StringComparison.Ordinal);
        Assert.Contains($"net.core.rmem_max={limit + 4_096}", warning, StringComparison.Ordinal);
    }

    private static string[] WarningsFor(int bufferBytes)
    {
        ListLogger log = new();
        foreach (UdpSocket socket in new UdpSocketBinder(new ReceiveOptions { Port = 0, BufferBytes = bufferBytes }, log, isIPv6Supported: true).Bind(2)) socket.Dispose();
        return [.. log.Lines.Where(line => line.Level == LogLevel.Warning).Select(line => line.Text)];
    }

    /// <summary>A socket of another program that lets others in (SO_REUSEPORT).</summary>
    private static Socket Sharing(IPAddress address, int port)
    {
        Socket socket = new(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        socket.SetRawSocketOption(1, 15, MemoryMarshal.AsBytes<int>([1]));
        try
        {
            socket.Bind(new IPEndPoint(address, port));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
        return socket;
    }
}
