namespace SFlow.Exporter.History;

/// <summary>
/// Packs the rows of a window into some 17 bytes each: numbers in seven bits a byte (LEB128), hosts as the difference to the row before. A variance
/// takes three bytes, the exponent and 13 bits of the fraction of a double: its error is below one in 10,000.
/// </summary>
internal static class HistoryEncoding
{
    /// <summary>First byte. Windows of another version are not read.</summary>
    private const byte Version = 1;

    /// <summary>Five numbers of at most ten bytes, and the sums.</summary>
    private const int LongestRow = 10 * 6 + 6;

    private const int VarianceShift = 39, VarianceMost = (0x7FE << 13) | 0x1FFF;

    /// <summary>Bytes that so many rows can take.</summary>
    public static int MostBytes(int rows) => 1 + (rows + 2) * LongestRow;

    /// <summary>Sorts the rows and packs them. Returns how many bytes it wrote.</summary>
    public static int Encode(Span<HistoryRow> rows, in HistorySums unnamed, Span<byte> data)
    {
        rows.Sort(static (one, other) => Order(one).CompareTo(Order(other)));
        data[0] = Version;
        int at = 1;
        Put(data, ref at, (ulong)rows.Length);
        Put(data, ref at, unnamed);
        int source = 0, destination = 0;
        foreach (ref readonly HistoryRow row in rows)
        {
            if (row.Source != source) destination = 0;
            Put(data, ref at, (ulong)(row.Source - source));
            Put(data, ref at, (ulong)(row.Destination - destination));
            Put(data, ref at, (ulong)row.Service << 1 | (row.IsNodePort ? 1UL : 0));
            Put(data, ref at, row.Sums);
            (source, destination) = (row.Source, row.Destination);
        }
        return at;
    }

    /// <summary>Unpacks a window.</summary>
    /// <param name="data">What <see cref="Encode"/> wrote.</param>
    /// <param name="rows">Gets the rows; it grows where they have no room.</param>
    /// <param name="count">How many rows there are.</param>
    /// <param name="unnamed">The sums without a row.</param>
    /// <returns>False where the bytes are damaged, or of another version.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> data, ref HistoryRow[] rows, out int count, out HistorySums unnamed)
    {
        (count, unnamed) = (0, default);
        if (data.IsEmpty || data[0] != Version) return false;
        int at = 1;
        ulong some = Take(data, ref at);
        unnamed = TakeSums(data, ref at);
        // A row has at least twelve bytes.
        if (some > (ulong)data.Length / 12) return false;
        if (rows.Length < (int)some) rows = new HistoryRow[Math.Max((int)some, 2 * rows.Length)];
        int source = 0, destination = 0;
        for (; count < (int)some; count++)
        {
            ref HistoryRow row = ref rows[count];
            ulong step = Take(data, ref at);
            if (step != 0) destination = 0;
            row.Source = source = (int)((ulong)source + step);
            row.Destination = destination = (int)((ulong)destination + Take(data, ref at));
            ulong service = Take(data, ref at);
            (row.Service, row.IsNodePort) = ((int)(service >> 1), (service & 1) != 0);
            row.Sums = TakeSums(data, ref at);
        }
        return at == data.Length;
    }

    /// <summary>Hosts and service; ids have at most 17 bits.</summary>
    private static UInt128 Order(in HistoryRow row) =>
        new((ulong)row.Source << 32 | (uint)row.Destination, (ulong)row.Service << 1 | (row.IsNodePort ? 1UL : 0));

    private static void Put(Span<byte> data, ref int at, in HistorySums sums)
    {
        Put(data, ref at, sums.Bytes);
        Put(data, ref at, sums.Packets);
        Put(data, ref at, sums.Samples);
        PutVariance(data, ref at, sums.BytesVariance);
        PutVariance(data, ref at, sums.PacketsVariance);
    }

    private static HistorySums TakeSums(ReadOnlySpan<byte> data, ref int at) => new()
    {
        Bytes = Take(data, ref at),
        Packets = Take(data, ref at),
        Samples = Take(data, ref at),
        BytesVariance = TakeVariance(data, ref at),
        PacketsVariance = TakeVariance(data, ref at),
    };

    private static void Put(Span<byte> data, ref int at, ulong value)
    {
        for (; value >= 0x80; value >>= 7) data[at++] = (byte)(value | 0x80);
        data[at++] = (byte)value;
    }

    /// <summary>A number; behind the end of damaged data, 0.</summary>
    private static ulong Take(ReadOnlySpan<byte> data, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            if ((uint)at >= (uint)data.Length || shift > 63)
            {
                // Behind the end: the length no longer matches, so the window is refused.
                at = data.Length + 1;
                return 0;
            }
            byte next = data[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
    }

    private static void PutVariance(Span<byte> data, ref int at, double variance)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(Math.Max(0, variance)), rounded = (bits >> VarianceShift) + (bits >> (VarianceShift - 1) & 1);
        uint value = (uint)Math.Min(rounded, VarianceMost);
        (data[at], data[at + 1], data[at + 2]) = ((byte)value, (byte)(value >> 8), (byte)(value >> 16));
        at += 3;
    }

    private static double TakeVariance(ReadOnlySpan<byte> data, ref int at)
    {
        if (at + 3 > data.Length)
        {
            at = data.Length + 1;
            return 0;
        }
        ulong value = data[at] | (ulong)data[at + 1] << 8 | (ulong)data[at + 2] << 16;
        at += 3;
        return BitConverter.UInt64BitsToDouble(Math.Min(value, VarianceMost) << VarianceShift);
    }
}
