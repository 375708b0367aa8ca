using System.Net;
using System.Net.Sockets;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Http;

/// <summary>Binds the TCP port of page, API and metrics.</summary>
internal sealed class ListeningSocket(ILogger logger, bool isIPv6Supported, Func<AddressFamily, Socket> newSocket)
{
    private const int Backlog = 512;

    /// <exception cref="ListenFailedException">The port is in use, or the address is not an address of this machine.</exception>
    public Socket Open(IPEndPoint wanted)
    {
        try
        {
            if (!wanted.Address.Equals(IPAddress.IPv6Any) || isIPv6Supported) return ListenAddress.Open(wanted, Bind, logger.WithoutIPv6);
            logger.WithoutIPv6();
            return Bind(new IPEndPoint(IPAddress.Any, wanted.Port));
        }
        catch (SocketException fault)
        {
            throw new ListenFailedException(Explain(wanted, fault), fault);
        }
    }

    private Socket Bind(IPEndPoint local)
    {
        Socket socket = newSocket(local.AddressFamily);
        try
        {
            if (local.Address.Equals(IPAddress.IPv6Any)) socket.DualMode = true;
            socket.Bind(local);
            socket.Listen(Backlog);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static string Explain(IPEndPoint wanted, SocketException fault) => fault.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse =>
            $"TCP port {wanted.Port} is in use by another program or another sflow-exporter. "
            + $"Stop that one (\"ss -ltnp sport = :{wanted.Port}\" names it) or choose another port with --http-port (Http:Port).",
        SocketError.AccessDenied =>
            $"TCP port {wanted.Port} may not be opened by this user: ports below 1024 need CAP_NET_BIND_SERVICE. Choose another port with --http-port (Http:Port).",
        SocketError.AddressNotAvailable =>
            $"Can't listen on TCP {wanted}: no interface of this machine has that address. Check --http-listen (Http:Address).",
        SocketError.AddressFamilyNotSupported =>
            $"Can't listen on TCP {wanted}: this system has no IPv6. Choose an IPv4 address, such as 0.0.0.0, with --http-listen (Http:Address).",
        _ => $"Can't listen on TCP {wanted}: {fault.Message}.",
    };
}
