using SFlow.Internals;

namespace SFlow;

/// <summary>A list of 32-bit numbers that still lie in the datagram.</summary>
public readonly ref struct WordList
{
    private readonly ReadOnlySpan<byte> bytes;

    internal WordList(ReadOnlySpan<byte> bytes) => this.bytes = bytes;

    /// <summary>How many numbers there are.</summary>
    public int Count => bytes.Length / sizeof(uint);

    /// <summary>The number at a position.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The position is not below <see cref="Count"/>.</exception>
    public uint this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return Wire.UInt32(bytes, index * sizeof(uint));
        }
    }

    /// <summary>Names the numbers as a list.</summary>
    internal void Visit<TVisitor>(ReadOnlySpan<byte> name, ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.BeginList(name);
        for (int i = 0; i < Count; i++) visitor.Number(default, this[i]);
        visitor.EndList();
    }
}
