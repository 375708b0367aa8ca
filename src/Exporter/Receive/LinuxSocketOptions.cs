using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace SFlow.Exporter.Receive;

/// <summary>Linux socket options that <see cref="SocketOptionName"/> lacks (socket(7); numbers of x64 and arm64).</summary>
internal static class LinuxSocketOptions
{
    private const int SocketLevel = 1, ReusePort = 15, AttachFilter = 26, MemoryInformation = 55;

    /// <summary>Shares the port with other sockets of the same user that have this option. The kernel distributes senders over them.</summary>
    public static void ShareFromNowOn(Socket socket) => socket.SetRawSocketOption(SocketLevel, ReusePort, MemoryMarshal.AsBytes<int>([1]));

    /// <summary>
    /// Datagrams for this socket that never reached its queue; wraps at 2^32. SO_RXQ_OVFL is not enough: it comes with a datagram, so it
    /// does not report drops after the last one.
    /// </summary>
    /// <exception cref="SocketException">This kernel does not report drops.</exception>
    public static uint ReadDrops(Socket socket)
    {
        const int drops = 8; // SK_MEMINFO_DROPS
        Span<uint> information = stackalloc uint[drops + 1];
        int length = socket.GetRawSocketOption(SocketLevel, MemoryInformation, MemoryMarshal.AsBytes(information));
        return length == information.Length * sizeof(uint) ? information[drops] : throw new SocketException((int)SocketError.OperationNotSupported);
    }

    /// <summary>Makes the kernel drop and count new datagrams. Queued ones stay readable, so a drain finishes even in a flood.</summary>
    /// <exception cref="SocketException">This kernel has no socket filters.</exception>
    public static void RefuseMore(Socket socket)
    {
        // struct sock_fprog: one instruction of classic BPF, "return 0": keep no byte.
        ulong[] program = GC.AllocateArray<ulong>(1, pinned: true);
        program[0] = 0x06;
        Span<nint> filter = [1, Marshal.UnsafeAddrOfPinnedArrayElement(program, 0)];
        socket.SetRawSocketOption(SocketLevel, AttachFilter, MemoryMarshal.AsBytes(filter));
        GC.KeepAlive(program);
    }
}
