using System.Buffers.Binary;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Receive;

/// <summary>A datagram as the socket gave it; the payload is valid until the next receive.</summary>
internal readonly ref struct ReceivedDatagram(ReadOnlySpan<byte> payload, Address sender, ushort senderPort, bool isCut)
{
    public readonly ReadOnlySpan<byte> Payload = payload;
    public readonly Address Sender = sender;
    public readonly ushort SenderPort = senderPort;

    /// <summary>The datagram was longer than its slot; what is here is its beginning.</summary>
    public readonly bool IsCut = isCut;
}

/// <summary>How a worker gets datagrams from its socket: some at once, into slots that are used again and again.</summary>
internal abstract class DatagramBatch(int longest) : IDisposable
{
    /// <summary>
    /// The longest UDP payload there is: 65 535 less the UDP header of 8, over IPv6 (RFC 8200 section 3); over IPv4, whose own header
    /// counts too, it is 65 507.
    /// </summary>
    public const int LongestPayload = 65_527;

    /// <summary>Bytes of a slot: one more than the longest payload, so that a slot that is full to the last byte is one that was cut.</summary>
    protected int SlotLength { get; } = longest + 1;

    /// <summary>The datagrams of the last receive.</summary>
    public abstract ReceivedDatagram this[int index] { get; }

    /// <summary>Fills the slots with what is there.</summary>
    /// <param name="wait">Waits for a first datagram, as long as the socket's receive timeout; never for a second one.</param>
    /// <returns>Datagrams received; 0 when nothing came.</returns>
    /// <exception cref="IOException">The socket is broken.</exception>
    public abstract int Receive(bool wait);

    public abstract void Dispose();

    /// <summary>One datagram of a slot, from its length and the sender's <c>sockaddr_in</c> or <c>sockaddr_in6</c>.</summary>
    protected ReceivedDatagram Datagram(ReadOnlySpan<byte> payload, Address sender, ushort senderPort) =>
        new(payload, sender, senderPort, payload.Length == SlotLength);

    /// <summary>Port of a <c>sockaddr_in</c> or <c>sockaddr_in6</c>.</summary>
    protected static ushort PortOf(ReadOnlySpan<byte> socketAddress) => BinaryPrimitives.ReadUInt16BigEndian(socketAddress[2..]);

    /// <summary>Address of a <c>sockaddr_in6</c> (an IPv4 sender is mapped there, as <see cref="Address"/> has it) or a <c>sockaddr_in</c>.</summary>
    protected static Address AddressOf(ReadOnlySpan<byte> socketAddress, bool isIPv6) => isIPv6
        ? Address.FromIPv6(socketAddress.Slice(8, 16))
        : Address.FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(socketAddress[4..]));
}
