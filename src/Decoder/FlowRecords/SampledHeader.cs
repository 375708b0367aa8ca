using System.Runtime.CompilerServices;
using SFlow.Internals;

namespace SFlow.FlowRecords;

/// <summary>The first bytes of the sampled packet (sFlow version 5, <c>sampled_header</c>).</summary>
public readonly ref struct SampledHeader : IRecord<SampledHeader>
{
    /// <summary>Data format 0:1.</summary>
    public const uint Tag = 1;

    private const int FixedLength = 16;

    private readonly ReadOnlySpan<byte> data;

    private SampledHeader(ReadOnlySpan<byte> data) => this.data = data;

    /// <summary>Protocol of the header: see <see cref="Packets.HeaderProtocol"/>.</summary>
    public uint Protocol => Wire.UInt32(data, 0);

    /// <summary>Length of the packet before sampling, in bytes, layer 2 with its check sequence included.</summary>
    public uint FrameLength => Wire.UInt32(data, 4);

    /// <summary>Bytes removed from the packet before the header was taken; for Ethernet at least the 4 of the check sequence.</summary>
    public uint Stripped => Wire.UInt32(data, 8);

    /// <summary>The bytes of the header.</summary>
    public ReadOnlySpan<byte> Header => Wire.From(data, FixedLength, (int)Wire.UInt32(data, 12));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ReadOnlySpan<byte> data, out SampledHeader record)
    {
        if (data.Length >= FixedLength && Wire.UInt32(data, 12) <= (uint)(data.Length - FixedLength))
        {
            record = new SampledHeader(data);
            return true;
        }
        record = default;
        return false;
    }

    /// <inheritdoc/>
    static void IRecord<SampledHeader>.VisitPart<TVisitor>(ReadOnlySpan<byte> data, ref TVisitor visitor)
    {
        if (data.Length >= 4) visitor.Number("protocol"u8, Wire.UInt32(data, 0));
        if (data.Length >= 8) visitor.Number("frame_length"u8, Wire.UInt32(data, 4));
        if (data.Length >= 12) visitor.Number("stripped"u8, Wire.UInt32(data, 8));
        if (data.Length >= FixedLength) visitor.Number("header_length"u8, Wire.UInt32(data, 12));
    }

    /// <summary>Reads a record whose header is cut: the header is as much of it as is there. False when not even its first byte is.</summary>
    public static bool TryReadCut(ReadOnlySpan<byte> data, out uint protocol, out uint frameLength, out ReadOnlySpan<byte> header)
    {
        bool isThere = data.Length > FixedLength;
        protocol = isThere ? Wire.UInt32(data, 0) : 0;
        frameLength = isThere ? Wire.UInt32(data, 4) - Math.Min(Wire.UInt32(data, 4), Wire.UInt32(data, 8)) : 0;
        header = isThere ? data[FixedLength..(int)Math.Min((uint)data.Length, FixedLength + (ulong)Wire.UInt32(data, 12))] : default;
        return isThere;
    }

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("protocol"u8, Protocol);
        visitor.Number("frame_length"u8, FrameLength);
        visitor.Number("stripped"u8, Stripped);
        visitor.Number("header_length"u8, (ulong)Header.Length);
        visitor.Bytes("header_hex"u8, Header);
    }
}
