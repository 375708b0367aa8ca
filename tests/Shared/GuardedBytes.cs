using System.Runtime.InteropServices;

namespace SFlow.Tests;

/// <summary>
/// Bytes that end right at a page that may not be read: one byte too far ends the process instead of passing unseen. On other
/// systems than Linux the bytes are ordinary ones.
/// </summary>
internal sealed unsafe partial class GuardedBytes : IDisposable
{
    private const int ProtectNone = 0, ProtectReadWrite = 3, PrivateAnonymous = 0x22;
    private static readonly int PageLength = Environment.SystemPageSize;

    private readonly byte* start;
    private readonly int length;
    private readonly bool isGuarded = OperatingSystem.IsLinux();

    public GuardedBytes(int capacity)
    {
        length = (capacity + PageLength - 1) / PageLength * PageLength;
        if (!isGuarded)
        {
            start = (byte*)NativeMemory.Alloc((nuint)length);
            return;
        }
        start = (byte*)Map(null, (nuint)(length + PageLength), ProtectReadWrite, PrivateAnonymous, -1, 0);
        Assert.NotEqual(-1, (nint)start);
        Assert.Equal(0, Protect(start + length, (nuint)PageLength, ProtectNone));
    }

    /// <summary>A copy of the bytes, up against the guard.</summary>
    public Span<byte> Copy(ReadOnlySpan<byte> bytes)
    {
        Span<byte> copy = new(start + length - bytes.Length, bytes.Length);
        bytes.CopyTo(copy);
        return copy;
    }

    public void Dispose()
    {
        if (isGuarded) Assert.Equal(0, Unmap(start, (nuint)(length + PageLength)));
        else NativeMemory.Free(start);
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial void* Map(void* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(void* address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(void* address, nuint length);
}
