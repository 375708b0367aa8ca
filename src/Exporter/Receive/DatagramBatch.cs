using System.Buffers.Binary;

namespace SFlow.Exporter.Receive;

/// <summary>A datagram as the socket gave it; the payload is valid until the next receive.</summary>
internal readonly ref struct ReceivedDatagram(ReadOnlySpan<byte> payload, Address sender, ushort senderPort, bool isCut)
{
    public readonly ReadOnlySpan<byte> Payload = payload;
    public readonly Address Sender = sender;
    public readonly ushort SenderPort = senderPort;

    /// <summary>The datagram was longer than its slot. The payload is its beginning.</summary>
    public readonly bool IsCut = isCut;
}

/// <summary>Receives several datagrams at once from a socket, into reused slots.</summary>
internal abstract class DatagramBatch(int longest) : IDisposable
{
    /// <summary>
    /// Maximum UDP payload: 65 535 minus the UDP header of 8, over IPv6 (RFC 8200 section 3). Over IPv4, whose header counts too, it is
    /// 65 507.
    /// </summary>
    public const int LongestPayload = 65_527;

    /// <summary>Bytes of a slot: one more than the maximum payload, so a completely full slot holds a truncated datagram.</summary>
    protected int SlotLength { get; } = longest + 1;

    /// <summary>The datagrams of the last receive.</summary>
    public abstract ReceivedDatagram this[int index] { get; }

    /// <summary>Fills the slots with the datagrams that are queued.</summary>
    /// <param name="wait">Waits for a first datagram, at most the receive timeout of the socket. Never waits for a second one.</param>
    /// <returns>Datagrams received; 0 when nothing came.</returns>
    /// <exception cref="IOException">The socket is broken.</exception>
    public abstract int Receive(bool wait);

    public abstract void Dispose();

    /// <summary>The datagram in a slot. One that fills the slot was truncated.</summary>
    protected ReceivedDatagram Datagram(ReadOnlySpan<byte> payload, Address sender, ushort senderPort) =>
        new(payload, sender, senderPort, payload.Length == SlotLength);

    /// <summary>Port of a <c>sockaddr_in</c> or <c>sockaddr_in6</c>.</summary>
    protected static ushort PortOf(ReadOnlySpan<byte> socketAddress) => BinaryPrimitives.ReadUInt16BigEndian(socketAddress[2..]);

    /// <summary>Address of a <c>sockaddr_in6</c> (an IPv4 sender is mapped there, as <see cref="Address"/> has it) or a <c>sockaddr_in</c>.</summary>
    protected static Address AddressOf(ReadOnlySpan<byte> socketAddress, bool isIPv6) => isIPv6
        ? Address.FromIPv6(socketAddress.Slice(8, 16))
        : Address.FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(socketAddress[4..]));
}
