using System.Runtime.CompilerServices;

namespace SFlow;

/// <summary>
/// A sample of a datagram or a record of a sample before its fields are read: type, length and bytes
/// (sFlow version 5, <c>sample_record</c>, <c>flow_record</c>, <c>counter_record</c>).
/// </summary>
public readonly ref struct Structure
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Structure(uint format, uint length, ReadOnlySpan<byte> data)
    {
        Tag = format;
        Length = length;
        Data = data;
    }

    /// <summary>The type as one word; the typed views name theirs in a constant <c>Tag</c>.</summary>
    public uint Tag { get; }

    /// <summary>The type, split into enterprise and format.</summary>
    public DataFormat Format => new(Tag);

    /// <summary>Bytes that the structure announces.</summary>
    public uint Length { get; }

    /// <summary>The bytes: <see cref="Length"/> of them, or fewer for one that the datagram's end has cut.</summary>
    public ReadOnlySpan<byte> Data { get; }
}
