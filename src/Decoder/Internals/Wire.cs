using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SFlow.Internals;

/// <summary>
/// Big-endian reads at an offset that the caller has checked against the length: a view checks its structure once, not each field.
/// A debug build checks every read again; the truncation and mutation tests run in it too.
/// </summary>
internal static class Wire
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte Byte(ReadOnlySpan<byte> bytes, int offset) => At(bytes, offset, sizeof(byte));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ushort UInt16(ReadOnlySpan<byte> bytes, int offset) => InNetworkOrder(Unsafe.ReadUnaligned<ushort>(in At(bytes, offset, sizeof(ushort))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint UInt32(ReadOnlySpan<byte> bytes, int offset) => InNetworkOrder(Unsafe.ReadUnaligned<uint>(in At(bytes, offset, sizeof(uint))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong UInt64(ReadOnlySpan<byte> bytes, int offset) => InNetworkOrder(Unsafe.ReadUnaligned<ulong>(in At(bytes, offset, sizeof(ulong))));

    /// <summary>A MAC address in the low 48 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mac(ReadOnlySpan<byte> bytes, int offset) => (ulong)UInt32(bytes, offset) << 16 | UInt16(bytes, offset + 4);

    /// <summary>The part of a span from a checked offset on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadOnlySpan<byte> From(ReadOnlySpan<byte> bytes, int offset, int length)
    {
        Debug.Assert(length >= 0);
        return MemoryMarshal.CreateReadOnlySpan(in At(bytes, offset, length), length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref readonly byte At(ReadOnlySpan<byte> bytes, int offset, int length)
    {
        Debug.Assert(offset >= 0 && offset + length <= bytes.Length);
        // Unsigned, because a checked offset needs no widening by sign.
        return ref Unsafe.Add(ref MemoryMarshal.GetReference(bytes), (nuint)(uint)offset);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ushort InNetworkOrder(ushort value) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint InNetworkOrder(uint value) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong InNetworkOrder(ulong value) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
}
