using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SFlow.Exporter.Receive;

/// <summary>
/// Receives with <c>recvmmsg</c>: one system call per batch. Linux on x64 and arm64, where the structures below have the same layout
/// (glibc and musl). All unsafe code of the stage is here. The kernel writes only to the buffers of the message headers, and at most
/// their length. The headers are made once, over memory that lives as long as the batch.
/// </summary>
internal sealed unsafe partial class RecvmmsgBatch : DatagramBatch
{
    private const int DoNotWait = 0x40, WaitForOne = 0x1_0000;
    private const int Interrupted = 4, TryAgain = 11;

    private readonly Socket socket;
    private readonly bool isIPv6;
    private readonly int size;
    private readonly byte* slots;
    private readonly byte* memory;
    private readonly Message* messages;
    private readonly SenderAddress* senders;
    private bool disposed;

    public RecvmmsgBatch(Socket socket, int size, int longest = LongestPayload) : base(longest)
    {
        (this.socket, this.size) = (socket, size);
        isIPv6 = socket.AddressFamily == AddressFamily.InterNetworkV6;

        // Slots are not cleared, so an untouched page uses no memory.
        slots = (byte*)NativeMemory.Alloc((nuint)size, (nuint)SlotLength);
        memory = (byte*)NativeMemory.AllocZeroed((nuint)size, (nuint)(sizeof(Message) + sizeof(Vector) + sizeof(SenderAddress)));
        messages = (Message*)memory;
        Vector* vectors = (Vector*)(messages + size);
        senders = (SenderAddress*)(vectors + size);
        for (int i = 0; i < size; i++)
        {
            vectors[i] = new Vector { Base = slots + ((long)i * SlotLength), Length = (nuint)SlotLength };
            messages[i] = new Message { Name = senders + i, NameLength = SenderAddress.Length, Vectors = vectors + i, VectorCount = 1 };
        }
    }

    public static bool IsSupported =>
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

    /// <remarks>Memory safety: the index is checked against the size of the batch, and the length never exceeds that of the slot.</remarks>
    public override ReceivedDatagram this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)size);
            ReadOnlySpan<byte> payload = new(slots + ((long)index * SlotLength), (int)Math.Min(messages[index].Received, (uint)SlotLength));
            ReadOnlySpan<byte> sender = new(senders + index, SenderAddress.Length);
            return Datagram(payload, AddressOf(sender, isIPv6), PortOf(sender));
        }
    }

    public override int Receive(bool wait)
    {
        int received = recvmmsg(socket.SafeHandle, messages, (uint)size, wait ? WaitForOne : DoNotWait, null);
        if (received >= 0) return received;
        int error = Marshal.GetLastPInvokeError();
        return error is TryAgain or Interrupted ? 0 : throw new IOException($"recvmmsg: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    public override void Dispose()
    {
        if (disposed) return;
        disposed = true;
        NativeMemory.Free(memory);
        NativeMemory.Free(slots);
    }

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int recvmmsg(SafeHandle socket, Message* messages, uint count, int flags, void* timeout);

    /// <summary><c>struct iovec</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Vector
    {
        public byte* Base;
        public nuint Length;
    }

    /// <summary><c>struct mmsghdr</c>: a <c>struct msghdr</c> of 56 bytes and the length received.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 64)]
    private struct Message
    {
        [FieldOffset(0)] public SenderAddress* Name;
        /// <summary>The kernel writes the length of the address here. It is the same for every datagram of a socket.</summary>
        [FieldOffset(8)] public int NameLength;
        [FieldOffset(16)] public Vector* Vectors;
        [FieldOffset(24)] public nuint VectorCount;
        [FieldOffset(56)] public uint Received;
    }

    /// <summary>Room for a <c>sockaddr_in6</c>; a <c>sockaddr_in</c> is shorter.</summary>
    [InlineArray(Length)]
    private struct SenderAddress
    {
        public const int Length = 28;
        private byte first;
    }
}
