using System.Buffers.Binary;
using System.Numerics;

namespace SFlow.Exporter.Elasticsearch.Spool;

/// <summary>What precedes each body in a segment. Its own checksum and that of the body detect damage; the state alone is written again later.</summary>
/// <param name="PackedBytes">Length of the compressed body that follows.</param>
/// <param name="Bytes">Length of the body uncompressed.</param>
/// <param name="Records">Records of the body.</param>
/// <param name="Written">When the body was written by the system clock, in milliseconds since 1970.</param>
/// <param name="Checksum">CRC32C of the compressed body.</param>
internal readonly record struct SpoolHeader(int PackedBytes, int Bytes, int Records, long Written, uint Checksum)
{
    public const int Size = 36;

    /// <summary>Offset of the state in a header.</summary>
    public const int StateOffset = 4;

    /// <summary>State of a body whose records all have an outcome. It differs from 0 in many bits, so that no flipped bit makes a body disappear.</summary>
    public const uint Settled = 0x5A3C_C35A;

    /// <summary>First bytes of a header; the last one is the version of the format.</summary>
    public const uint Mark = 0x5346_4C01;

    /// <summary>More than any bulk request may have (Elasticsearch:BulkBytes), one large record included.</summary>
    private const int MaximumBytes = 256 << 20;

    /// <summary>Length of the header and its body.</summary>
    public int Length => Size + PackedBytes;

    public void Write(Span<byte> target)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(target, Mark);
        BinaryPrimitives.WriteUInt32LittleEndian(target[StateOffset..], 0);
        BinaryPrimitives.WriteInt32LittleEndian(target[8..], PackedBytes);
        BinaryPrimitives.WriteInt32LittleEndian(target[12..], Bytes);
        BinaryPrimitives.WriteInt32LittleEndian(target[16..], Records);
        BinaryPrimitives.WriteInt64LittleEndian(target[20..], Written);
        BinaryPrimitives.WriteUInt32LittleEndian(target[28..], Checksum);
        BinaryPrimitives.WriteUInt32LittleEndian(target[32..], OwnChecksum(target));
    }

    /// <returns>False if these bytes are not an intact header.</returns>
    public static bool TryRead(ReadOnlySpan<byte> source, out SpoolHeader header, out bool isSettled)
    {
        (header, isSettled) = (default, false);
        if (source.Length < Size || BinaryPrimitives.ReadUInt32LittleEndian(source) != Mark) return false;
        if (BinaryPrimitives.ReadUInt32LittleEndian(source[32..]) != OwnChecksum(source)) return false;
        isSettled = BinaryPrimitives.ReadUInt32LittleEndian(source[StateOffset..]) == Settled;
        header = new SpoolHeader(
            BinaryPrimitives.ReadInt32LittleEndian(source[8..]), BinaryPrimitives.ReadInt32LittleEndian(source[12..]), BinaryPrimitives.ReadInt32LittleEndian(source[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[20..]), BinaryPrimitives.ReadUInt32LittleEndian(source[28..]));
        return header is { PackedBytes: >= 0 and <= MaximumBytes, Bytes: >= 0 and <= MaximumBytes, Records: >= 0 and <= BulkBody.MostItems };
    }

    /// <summary>CRC32C (Castagnoli), for which processors have an instruction.</summary>
    public static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..]) crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (byte one in bytes) crc = BitOperations.Crc32C(crc, one);
        return ~crc;
    }

    /// <summary>Of all fields but the state.</summary>
    private static uint OwnChecksum(ReadOnlySpan<byte> header) => Crc(header[8..32]);
}
