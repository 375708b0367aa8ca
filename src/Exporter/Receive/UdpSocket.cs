using System.Net.Sockets;

namespace SFlow.Exporter.Receive;

/// <summary>One bound socket and its kernel drops. The count stays available after the socket is closed.</summary>
internal sealed class UdpSocket : IDisposable
{
    private readonly Lock closing = new();
    private uint seen;
    private long dropped;
    private bool closed;

    public UdpSocket(Socket socket)
    {
        Socket = socket;
        CountsDrops = OperatingSystem.IsLinux() && CanReadDrops(socket);
    }

    public Socket Socket { get; }

    /// <summary>Whether this system reports its drops.</summary>
    public bool CountsDrops { get; }

    /// <summary>Datagrams for this socket that no worker saw.</summary>
    public long Dropped
    {
        get
        {
            lock (closing)
            {
                if (CountsDrops && !closed)
                {
                    uint now = LinuxSocketOptions.ReadDrops(Socket);
                    dropped += now - seen;
                    seen = now;
                }
                return dropped;
            }
        }
    }

    /// <summary>Accepts no more datagrams (new ones count as dropped), so that the queue can be read completely.</summary>
    public void RefuseMore()
    {
        if (CountsDrops) LinuxSocketOptions.RefuseMore(Socket);
    }

    public void Dispose()
    {
        lock (closing)
        {
            if (closed) return;
            _ = Dropped;
            closed = true;
            Socket.Dispose();
        }
    }

    private static bool CanReadDrops(Socket socket)
    {
        try
        {
            LinuxSocketOptions.ReadDrops(socket);
            return true;
        }
        catch (SocketException)
        {
            return false; // an imitation of Linux (gVisor, WSL 1)
        }
    }
}
