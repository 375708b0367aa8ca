using System.Net;
using System.Net.Sockets;

namespace SFlow.Exporter.Pipeline;

/// <summary>The address "::" means all addresses of IPv6 and IPv4; on a kernel or network without IPv6 it means all of IPv4.</summary>
internal static class ListenAddress
{
    /// <summary>Opens a socket on <paramref name="wanted"/>, and on 0.0.0.0 where that is "::" and the system has no IPv6.</summary>
    /// <param name="wanted">Address and port to listen on.</param>
    /// <param name="open">Makes and binds the socket.</param>
    /// <param name="fellBack">Called before the second attempt.</param>
    /// <exception cref="SocketException">Neither can be had.</exception>
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

    /// <summary>EAFNOSUPPORT of a kernel without IPv6, EADDRNOTAVAIL where it is switched off.</summary>
    private static bool IsWithoutIPv6(SocketError error) => error is
        SocketError.AddressFamilyNotSupported or SocketError.ProtocolFamilyNotSupported or SocketError.ProtocolNotSupported
        or SocketError.AddressNotAvailable or SocketError.OperationNotSupported;
}
