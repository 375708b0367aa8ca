using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SFlow.Exporter.Store.Blocks;

/// <summary>One part of a block as it lies in the file.</summary>
internal readonly ref struct BlockView
{
    private readonly BlockColumn[] columns;
    private readonly ReadOnlySpan<byte> data;

    /// <exception cref="SqliteException">The bytes are no such part: the file is damaged.</exception>
    public BlockView(BlockPart part, int rows, ReadOnlySpan<byte> data)
    {
        columns = BlockColumns.Of(part);
        this.data = data;
        Rows = rows;
        long length = columns.Length * BlockEncoder.HeaderSize + BlockEncoder.Padding;
        bool sound = rows is > 0 and <= BlockWriter.BlockRows && data.Length >= length;
        for (int i = 0; sound && i < columns.Length; i++)
        {
            length += (long)Width(i) * rows;
            sound = Width(i) <= sizeof(long);
        }
        if (!sound || length != data.Length) throw new SqliteException("A block of records in the store is damaged.", raw.SQLITE_CORRUPT);
    }

    public int Rows { get; }

    /// <summary>A column of <see cref="BlockPart.Search"/>.</summary>
    public ColumnView this[SearchColumn column] => this[(int)column];

    public ColumnView this[int column]
    {
        get
        {
            int start = columns.Length * BlockEncoder.HeaderSize;
            for (int before = 0; before < column; before++) start += Width(before) * Rows;
            return Column(column, start);
        }
    }

    /// <summary>Gives the columns of rows back, the first of them being <paramref name="first"/>.</summary>
    public void Read(int first, Span<BlockRow> rows)
    {
        int start = columns.Length * BlockEncoder.HeaderSize;
        for (int column = 0; column < columns.Length; column++)
        {
            ColumnView values = Column(column, start);
            BlockColumn.Setter set = columns[column].Set;
            for (int row = 0; row < rows.Length; row++) set(ref rows[row], values[first + row]);
            start += Width(column) * Rows;
        }
    }

    private ColumnView Column(int column, int start) =>
        new(data[start..], Width(column), BinaryPrimitives.ReadInt64LittleEndian(data[(column * BlockEncoder.HeaderSize)..]));

    private int Width(int column) => data[column * BlockEncoder.HeaderSize + sizeof(long)];
}

/// <summary>The values of one column.</summary>
internal readonly ref struct ColumnView(ReadOnlySpan<byte> data, int width, long least)
{
    private readonly ReadOnlySpan<byte> data = data;
    private readonly ulong mask = width == 0 ? 0 : ulong.MaxValue >> (8 * (sizeof(ulong) - width));

    public long this[int row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => least + (long)(BinaryPrimitives.ReadUInt64LittleEndian(data[(row * width)..]) & mask);
    }
}
