using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SFlow.Internals;

/// <summary>Reads a structure of fixed size: its fields lie in memory as they do on the wire, so reading is one copy.</summary>
internal static class FixedSize
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead<T>(ReadOnlySpan<byte> data, out T record)
        where T : unmanaged
    {
        bool whole = data.Length >= Unsafe.SizeOf<T>();
        record = whole ? Unsafe.ReadUnaligned<T>(in MemoryMarshal.GetReference(data)) : default;
        return whole;
    }

    /// <summary>
    /// The same for a structure that grew: fields that an older agent does not send read as unknown, all ones. A length between the two
    /// forms is the older one with additional bytes, because half of a field has no meaning.
    /// </summary>
    /// <param name="data">The bytes of the structure.</param>
    /// <param name="shortest">Length of the older form.</param>
    /// <param name="record">The structure.</param>
    public static bool TryRead<T>(ReadOnlySpan<byte> data, int shortest, out T record)
        where T : unmanaged
    {
        record = default;
        if (data.Length < shortest) return false;
        Span<byte> bytes = MemoryMarshal.AsBytes(new Span<T>(ref record));
        bytes.Fill(byte.MaxValue);
        data[..(data.Length < bytes.Length ? shortest : bytes.Length)].CopyTo(bytes);
        return true;
    }
}
