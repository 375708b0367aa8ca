using System.Runtime.CompilerServices;

namespace SFlow.Captures;

/// <summary>
/// Reads a stream by large chunks into one buffer and hands out pieces of it. A piece that lies across a chunk's end is moved
/// to the front first; the buffer grows only for a piece larger than itself, up to a bound.
/// </summary>
internal sealed class ChunkBuffer(Stream stream)
{
    /// <summary>More than any link's frame: a length above it is a lie of the file.</summary>
    public const int LargestPiece = 1 << 20;

    /// <summary>128 KiB: large enough to make system calls rare, small enough to stay in the cache.</summary>
    private const int ChunkLength = 128 * 1024;

    private byte[] bytes = new byte[ChunkLength];
    private int start, end;

    /// <summary>True when all bytes of the stream have been taken.</summary>
    public bool IsAtEnd => start == end && !Fill(1);

    /// <summary>The next bytes without taking them; valid until the next call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryPeek(int length, out ReadOnlySpan<byte> piece)
    {
        bool there = end - start >= length || Fill(length);
        piece = there ? bytes.AsSpan(start, length) : default;
        return there;
    }

    /// <summary>Takes the next bytes; valid until the next call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTake(int length, out ReadOnlySpan<byte> piece)
    {
        bool there = TryPeek(length, out piece);
        if (there) start += length;
        return there;
    }

    /// <summary>Passes over bytes of any number without keeping them.</summary>
    public bool TrySkip(long length)
    {
        while (length > end - start)
        {
            length -= end - start;
            start = end = 0;
            if (!Fill(1)) return false;
        }
        start += (int)length;
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Fill(int length)
    {
        if (length > LargestPiece) return false;
        if (start > 0)
        {
            bytes.AsSpan(start, end - start).CopyTo(bytes);
            end -= start;
            start = 0;
        }
        if (length > bytes.Length) Array.Resize(ref bytes, LargestPiece);
        while (end < length)
        {
            int read = stream.Read(bytes, end, bytes.Length - end);
            if (read == 0) return false;
            end += read;
        }
        return true;
    }
}
