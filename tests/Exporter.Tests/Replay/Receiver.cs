using System.Net;
using System.Net.Sockets;

namespace SFlow.Exporter.Tests.Replay;

/// <summary>A UDP socket on a free port that keeps what comes, and when.</summary>
internal sealed class Receiver : IDisposable
{
    private readonly Socket socket;
    private readonly byte[] buffer = new byte[65_535];

    public Receiver(IPAddress? address = null)
    {
        address ??= IPAddress.Loopback;
        socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 8 << 20 };
        socket.Bind(new IPEndPoint(address, 0));
    }

    public IPEndPoint EndPoint => (IPEndPoint)socket.LocalEndPoint!;
    public List<(byte[] Payload, long Timestamp)> Datagrams { get; } = [];

    /// <summary>Receives until there are so many; waits ten seconds at most for each.</summary>
    public async Task<Receiver> ReceiveAsync(int count)
    {
        while (Datagrams.Count < count)
        {
            using CancellationTokenSource patience = new(TimeSpan.FromSeconds(10));
            int length = await socket.ReceiveAsync(buffer, SocketFlags.None, patience.Token);
            Datagrams.Add((buffer[..length], TimeProvider.System.GetTimestamp()));
        }
        return this;
    }

    /// <summary>Takes what has come already.</summary>
    public void Drain()
    {
        while (socket.Available > 0) Datagrams.Add((buffer[..socket.Receive(buffer)], TimeProvider.System.GetTimestamp()));
    }

    public void Dispose() => socket.Dispose();
}
