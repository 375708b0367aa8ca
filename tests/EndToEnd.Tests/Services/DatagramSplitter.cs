using System.Net;
using System.Net.Sockets;

namespace SFlow.EndToEnd.Tests.Services;

/// <summary>Sends each datagram that it receives to several receivers, as Open vSwitch does with several collectors.</summary>
internal sealed class DatagramSplitter : IAsyncDisposable
{
    private readonly Socket input = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 1 << 23 };
    private readonly Socket output = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly CancellationTokenSource stop = new();
    private readonly Task work;
    private volatile IPEndPoint[] receivers = [];
    private long sent;

    public DatagramSplitter()
    {
        input.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        output.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        work = Task.Run(SplitAsync);
    }

    public int Port => ((IPEndPoint)input.LocalEndPoint!).Port;

    /// <summary>Datagrams received so far; each went to every receiver of its time.</summary>
    public long Sent => Interlocked.Read(ref sent);

    /// <summary>UDP ports on loopback.</summary>
    public void SendTo(params int[] ports) => receivers = [.. ports.Select(port => new IPEndPoint(IPAddress.Loopback, port))];

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        input.Dispose();
        output.Dispose();
        stop.Dispose();
    }

    private async Task SplitAsync()
    {
        byte[] buffer = new byte[65_535];
        while (true)
        {
            int length = await input.ReceiveAsync(buffer, SocketFlags.None, stop.Token);
            foreach (IPEndPoint receiver in receivers)
            {
                try
                {
                    output.SendTo(buffer.AsSpan(0, length), receiver);
                }
                // A receiver that is gone answers by ICMP, which the next send reports.
                catch (SocketException gone) when (gone.SocketErrorCode == SocketError.ConnectionRefused)
                {
                }
            }
            Interlocked.Increment(ref sent);
        }
    }
}
