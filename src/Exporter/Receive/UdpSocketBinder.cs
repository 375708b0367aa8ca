using System.Net;
using System.Net.Sockets;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Receive;

/// <summary>Binds the sockets of all workers to one port. No other process can share the port.</summary>
internal sealed class UdpSocketBinder(ReceiveOptions options, ILogger logger, bool isIPv6Supported, Func<AddressFamily, Socket>? newSocket = null)
{
    /// <summary>Receive timeout of a worker without traffic.</summary>
    public static readonly TimeSpan ReceiveTimeout = TimeSpan.FromMilliseconds(250);

    private readonly Func<AddressFamily, Socket> newSocket = newSocket ?? (family => new Socket(family, SocketType.Dgram, ProtocolType.Udp));

    /// <exception cref="ReceiveFailedException">The port is in use, or the address is not an address of this machine.</exception>
    public UdpSocket[] Bind(int workers)
    {
        List<UdpSocket> sockets = [];
        try
        {
            IPEndPoint local = new(LocalAddress(), options.Port);
            for (int i = 0; i < workers; i++)
            {
                sockets.Add(ListenAddress.Open(local, at => Bind(at, isFirst: sockets.Count == 0, shared: workers > 1), logger.WithoutIPv6));
                local = (IPEndPoint)sockets[0].Socket.LocalEndPoint!;
            }
            ReportBuffer(sockets[0].Socket);
            if (!sockets[0].CountsDrops) logger.DropsUnknown();
            return [.. sockets];
        }
        catch (Exception e)
        {
            foreach (UdpSocket socket in sockets) socket.Dispose();
            if (e is SocketException fault) throw new ReceiveFailedException(Explain(fault.SocketErrorCode, fault.Message), fault);
            throw;
        }
    }

    /// <remarks>
    /// The first socket is bound without sharing. This fails if any process has the port, even one that would share it. Then the socket
    /// starts to share the port with the others, so the port is never free in between.
    /// </remarks>
    private UdpSocket Bind(IPEndPoint local, bool isFirst, bool shared)
    {
        Socket socket = newSocket(local.AddressFamily);
        try
        {
            if (local.Address.Equals(IPAddress.IPv6Any)) socket.DualMode = true;
            socket.ReceiveBufferSize = options.BufferBytes;
            socket.ReceiveTimeout = (int)ReceiveTimeout.TotalMilliseconds;
            if (!isFirst) LinuxSocketOptions.ShareFromNowOn(socket);
            socket.Bind(local);
            if (isFirst && shared) LinuxSocketOptions.ShareFromNowOn(socket);
            return new UdpSocket(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private IPAddress LocalAddress()
    {
        if (!IPAddress.TryParse(options.Address, out IPAddress? address))
            throw new ReceiveFailedException($"Can't listen on \"{options.Address}\": --listen (Receive:Address) takes an IP address, such as \"::\" or \"0.0.0.0\".");
        if (!address.Equals(IPAddress.IPv6Any) || isIPv6Supported) return address;
        logger.WithoutIPv6();
        return IPAddress.Any;
    }

    /// <summary>The kernel caps the size silently, and doubles the value that it reports (socket(7), SO_RCVBUF).</summary>
    private void ReportBuffer(Socket socket)
    {
        if (!OperatingSystem.IsLinux()) return;
        long bytes = socket.ReceiveBufferSize / 2;
        if (bytes < options.BufferBytes) logger.SmallBuffer(bytes, options.BufferBytes, options.BufferBytes);
    }

    private string Explain(SocketError error, string reason) => error switch
    {
        SocketError.AddressAlreadyInUse =>
            $"UDP port {options.Port} is in use by another program or another sflow-exporter. "
            + $"Stop that one (\"ss -lunp sport = :{options.Port}\" names it) or choose another port with --port (Receive:Port).",
        SocketError.AccessDenied =>
            $"UDP port {options.Port} may not be opened by this user: ports below 1024 need CAP_NET_BIND_SERVICE. Choose another port with --port (Receive:Port).",
        SocketError.AddressNotAvailable =>
            $"Can't listen on UDP {options.Address}, port {options.Port}: no interface of this machine has that address. Check --listen (Receive:Address).",
        SocketError.AddressFamilyNotSupported =>
            $"Can't listen on UDP {options.Address}: this system has no IPv6. Choose an IPv4 address, such as 0.0.0.0, with --listen (Receive:Address).",
        _ => $"Can't listen on UDP {options.Address}, port {options.Port}: {reason}.",
    };
}
