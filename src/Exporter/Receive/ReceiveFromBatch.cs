using System.Net;
using System.Net.Sockets;

namespace SFlow.Exporter.Receive;

/// <summary>Receives with <see cref="Socket.ReceiveFrom(Span{byte}, SocketFlags, SocketAddress)"/>: two system calls per datagram, on any system.</summary>
internal sealed class ReceiveFromBatch(Socket socket, int size, int longest = DatagramBatch.LongestPayload) : DatagramBatch(longest)
{
    private readonly SocketAddress address = new(socket.AddressFamily);
    private readonly bool isIPv6 = socket.AddressFamily == AddressFamily.InterNetworkV6;
    private readonly byte[] slots = GC.AllocateUninitializedArray<byte>(size * (longest + 1));
    private readonly (int Length, Address Sender, ushort SenderPort)[] received = new (int, Address, ushort)[size];

    public override ReceivedDatagram this[int index]
    {
        get
        {
            (int length, Address sender, ushort senderPort) = received[index];
            return Datagram(slots.AsSpan(index * SlotLength, length), sender, senderPort);
        }
    }

    public override int Receive(bool wait)
    {
        // FIONREAD does not show an empty datagram, which therefore finishes a batch. Poll would show it, but allocates.
        if (!wait && socket.Available == 0 && !socket.Poll(0, SelectMode.SelectRead)) return 0;
        int count = 0;
        do
        {
            if (!TryReceive(ref received[count], slots.AsSpan(count * SlotLength, SlotLength))) break;
            count++;
        }
        while (count < size && socket.Available > 0);
        return count;
    }

    public override void Dispose() { }

    private bool TryReceive(ref (int Length, Address Sender, ushort SenderPort) datagram, Span<byte> slot)
    {
        int length;
        try
        {
            length = socket.ReceiveFrom(slot, SocketFlags.None, address);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.MessageSize)
        {
            length = slot.Length; // Windows cuts with an error
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock or SocketError.Interrupted)
        {
            return false; // nothing came in time, or only what had a bad checksum
        }
        ReadOnlySpan<byte> sender = address.Buffer.Span;
        datagram = (length, AddressOf(sender, isIPv6), PortOf(sender));
        return true;
    }
}
