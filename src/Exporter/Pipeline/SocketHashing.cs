using System.Runtime.CompilerServices;

namespace SFlow.Exporter.Pipeline;

/// <summary>Hash of a socket: address, port and protocol.</summary>
internal static class SocketHashing
{
    /// <summary>All bits of the hash are well mixed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong SocketHash(this Address address, ushort port, byte protocol)
    {
        ulong upper = Math.BigMul(address.Low ^ (ulong)port << 40 ^ protocol, address.High ^ 0x9E37_79B9_7F4A_7C15, out ulong lower);
        return (upper ^ lower) * 0xD6E8_FEB8_6659_FD93;
    }
}
