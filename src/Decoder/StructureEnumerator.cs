using System.Runtime.CompilerServices;
using SFlow.Internals;

namespace SFlow;

/// <summary>
/// Walks the samples of a datagram or the records of a sample by their lengths alone, so that an unknown one is simply the next one.
/// It stops at the announced count or at the first impossible length; <see cref="Status"/> then shows which.
/// </summary>
/// <remarks>
/// A length that is not a multiple of four violates XDR. It is rounded up if the bytes exist; otherwise the walk stops after that structure.
/// </remarks>
public ref struct StructureEnumerator
{
    /// <summary>No UDP datagram has room for more structures: each takes eight bytes at least.</summary>
    internal const uint MaximumCount = 65_535 / HeaderLength;

    private const int HeaderLength = 8;

    private readonly DecodeStatus whenShort;
    private ReadOnlySpan<byte> rest;
    private uint remaining;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal StructureEnumerator(ReadOnlySpan<byte> structures, uint count, DecodeStatus whenShort)
    {
        this.whenShort = whenShort;
        rest = structures;
        remaining = count;
        if (count <= MaximumCount) return;
        remaining = 0;
        Status = DecodeStatus.AbsurdCount;
    }

    /// <summary>The structure that <see cref="MoveNext"/> came to.</summary>
    public Structure Current { readonly get; private set; }

    /// <summary>Ok as long as every length was true; decided once <see cref="MoveNext"/> has returned false.</summary>
    public DecodeStatus Status { readonly get; private set; }

    /// <summary>The walk itself, so that <c>foreach</c> takes it; only a walk by hand can ask for <see cref="Status"/> at its end.</summary>
    public readonly StructureEnumerator GetEnumerator() => this;

    /// <summary>Goes to the next structure that is there whole.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MoveNext()
    {
        if (remaining == 0) return false;
        int room = rest.Length - HeaderLength;
        if (room < 0) return Stop();
        uint length = Wire.UInt32(rest, 4);
        if (length > (uint)room) return Stop();

        Current = new Structure(Wire.UInt32(rest, 0), length, Wire.From(rest, HeaderLength, (int)length));
        remaining--;
        int padded = ((int)length + 3) & ~3;
        if (padded <= room)
        {
            rest = Wire.From(rest, HeaderLength + padded, room - padded);
        }
        else
        {
            rest = default;
            Stop();
        }
        return true;
    }

    /// <summary>After a stop: the structure whose announced length runs past the end, with the bytes that are there.</summary>
    public readonly bool TryGetCut(out Structure cut)
    {
        bool found = Status != DecodeStatus.Ok && rest.Length >= HeaderLength;
        cut = found ? new Structure(Wire.UInt32(rest, 0), Wire.UInt32(rest, 4), rest[HeaderLength..]) : default;
        return found;
    }

    private bool Stop()
    {
        Status = whenShort;
        remaining = 0;
        return false;
    }
}
