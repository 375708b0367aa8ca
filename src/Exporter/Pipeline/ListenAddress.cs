using System.Net;
using System.Net.Sockets;

namespace SFlow.Exporter.Pipeline;

/// <summary>The address "::" means all IPv6 and IPv4 addresses. On a kernel or network without IPv6 it means all IPv4 addresses.</summary>
internal static class ListenAddress
{
    /// <summary>Opens a socket on <paramref name="wanted"/>. If that is "::" and the system has no IPv6, opens one on 0.0.0.0.</summary>
    /// <param name="wanted">Address and port to listen on.</param>
    /// <param name="open">Makes and binds the socket.</param>
    /// <param name="fellBack">Called before the second attempt.</param>
    /// <exception cref="SocketException">Neither can be bound.</exception>
    public static T Open<T>(IPEndPoint wanted, Func<IPEndPoint, T> open, Action fellBack)
    {
        try
        {
            return open(wanted);
        }
        catch (SocketException fault) when (wanted.Address.Equals(IPAddress.IPv6Any) && IsWithoutIPv6(fault.SocketErrorCode))
        {
            fellBack();
            return open(new IPEndPoint(IPAddress.Any, wanted.Port));
        }
    }

    /// <summary>EAFNOSUPPORT: kernel without IPv6. EADDRNOTAVAIL: IPv6 is disabled.</summary>
    private static bool IsWithoutIPv6(SocketError error) => error is
        SocketError.AddressFamilyNotSupported or SocketError.ProtocolFamilyNotSupported or SocketError.ProtocolNotSupported
        or SocketError.AddressNotAvailable or SocketError.OperationNotSupported;
}
