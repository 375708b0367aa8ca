using System.Buffers.Binary;
using System.Numerics;

namespace SFlow.Exporter.Store.Blocks;

/// <summary>
/// Packs rows into the parts of a block, a column after the other. A column is its least value and, for each row, the difference to it in as few
/// bytes as the largest difference takes: a value that all rows share takes none.
/// </summary>
internal sealed class BlockEncoder
{
    /// <summary>Of each column: the least value in eight bytes, and the number of bytes of a difference.</summary>
    public const int HeaderSize = 9;

    /// <summary>Values are read eight bytes at a time, also the last one.</summary>
    public const int Padding = 8;

    private byte[] bytes = [];
    private long[] values = [];

    /// <summary>One part of the rows; valid until the next call.</summary>
    public ReadOnlySpan<byte> Encode(BlockPart part, ReadOnlySpan<BlockRow> rows)
    {
        BlockColumn[] columns = BlockColumns.Of(part);
        int most = columns.Length * (HeaderSize + sizeof(long) * rows.Length) + Padding;
        if (bytes.Length < most) bytes = new byte[most];
        if (values.Length < rows.Length) values = new long[rows.Length];
        Span<long> column = values.AsSpan(0, rows.Length);
        int at = columns.Length * HeaderSize;
        for (int i = 0; i < columns.Length; i++)
        {
            BlockColumn.Getter get = columns[i].Get;
            for (int row = 0; row < rows.Length; row++) column[row] = get(rows[row]);
            at = Pack(column, bytes.AsSpan(i * HeaderSize), at);
        }
        bytes.AsSpan(at, Padding).Clear();
        return bytes.AsSpan(0, at + Padding);
    }

    private int Pack(ReadOnlySpan<long> column, Span<byte> header, int at)
    {
        long least = column[0], greatest = least;
        foreach (long value in column)
        {
            least = Math.Min(least, value);
            greatest = Math.Max(greatest, value);
        }
        int width = (sizeof(long) * 8 - BitOperations.LeadingZeroCount((ulong)(greatest - least)) + 7) / 8;
        BinaryPrimitives.WriteInt64LittleEndian(header, least);
        header[sizeof(long)] = (byte)width;
        if (width == 0) return at;
        // Each value is written in eight bytes: the next one overwrites the zeros behind it.
        foreach (long value in column)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(at), value - least);
            at += width;
        }
        return at;
    }
}
