using SFlow.Exporter.History;

namespace SFlow.Exporter.Tests.History;

public sealed class HistoryEncodingTests
{
    [Fact]
    public void Rows_come_back_exactly_and_their_variances_within_a_ten_thousandth()
    {
        Random random = new(1);
        for (int round = 0; round < 200; round++)
        {
            HistoryRow[] rows = [.. Enumerable.Range(0, random.Next(300)).Select(_ => Row(random)).DistinctBy(Key)];
            HistorySums unnamed = Sums(random);
            byte[] bytes = Encode(rows, unnamed);
            HistoryRow[] read = [];
            Assert.True(HistoryEncoding.TryDecode(bytes, ref read, out int count, out HistorySums rest));
            AssertSame(unnamed, rest);
            Assert.Equal(rows.Length, count);
            Dictionary<(int, int, int, bool), HistorySums> expected = rows.ToDictionary(Key, row => row.Sums);
            foreach (HistoryRow row in read[..count]) AssertSame(expected[Key(row)], row.Sums);
        }
    }

    [Fact]
    public void The_largest_values_come_back()
    {
        HistorySums most = new() { Bytes = ulong.MaxValue, Packets = ulong.MaxValue, Samples = ulong.MaxValue, BytesVariance = double.MaxValue, PacketsVariance = double.MaxValue };
        HistoryRow[] rows = [.. Enumerable.Range(1, 3).Select(id => new HistoryRow { Source = 65_536 - id, Destination = 65_536, Service = 65_536, IsNodePort = true, Sums = most })];
        byte[] bytes = Encode(rows, most);
        HistoryRow[] read = [];
        Assert.True(HistoryEncoding.TryDecode(bytes, ref read, out int count, out HistorySums rest));
        Assert.Equal(3, count);
        Assert.Equal(ulong.MaxValue, rest.Bytes);
        Assert.True(double.IsFinite(rest.BytesVariance));
        Assert.All(read[..count], row => Assert.Equal((65_536, 65_536, true, ulong.MaxValue), (row.Destination, row.Service, row.IsNodePort, row.Sums.Samples)));
    }

    [Fact]
    public void Bytes_that_are_cut_off_are_refused()
    {
        Random random = new(2);
        byte[] bytes = Encode([.. Enumerable.Range(0, 50).Select(_ => Row(random))], Sums(random));
        HistoryRow[] rows = [];
        for (int length = 0; length < bytes.Length; length++) Assert.False(HistoryEncoding.TryDecode(bytes.AsSpan(0, length), ref rows, out _, out _));
        Assert.False(HistoryEncoding.TryDecode([.. bytes, 0], ref rows, out _, out _));
    }

    [Fact]
    public void Damaged_bytes_never_take_much_memory_and_never_throw()
    {
        Random random = new(3);
        byte[] bytes = Encode([.. Enumerable.Range(0, 50).Select(_ => Row(random))], Sums(random));
        for (int round = 0; round < 20_000; round++)
        {
            byte[] damaged = [.. bytes];
            for (int hits = random.Next(1, 6); hits > 0; hits--) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            HistoryRow[] rows = [];
            HistoryEncoding.TryDecode(damaged, ref rows, out _, out _);
            Assert.True(rows.Length <= bytes.Length);
        }
    }

    private static byte[] Encode(HistoryRow[] rows, in HistorySums unnamed)
    {
        byte[] bytes = new byte[HistoryEncoding.MostBytes(rows.Length)];
        return bytes[..HistoryEncoding.Encode([.. rows], unnamed, bytes)];
    }

    private static (int, int, int, bool) Key(HistoryRow row) => (row.Source, row.Destination, row.Service, row.IsNodePort);

    private static HistoryRow Row(Random random) => new()
    {
        Source = random.Next(1, 40), Destination = random.Next(1, 65_537), Service = random.Next(0, 65_537), IsNodePort = random.Next(2) == 0, Sums = Sums(random),
    };

    private static HistorySums Sums(Random random) => new()
    {
        Bytes = (ulong)random.NextInt64() >> random.Next(64),
        Packets = (ulong)random.NextInt64() >> random.Next(64),
        Samples = (ulong)random.NextInt64() >> random.Next(64),
        BytesVariance = random.Next(4) == 0 ? 0 : Math.Pow(10, random.NextDouble() * 40),
        PacketsVariance = random.Next(4) == 0 ? 0 : Math.Pow(10, random.NextDouble() * 20),
    };

    private static void AssertSame(HistorySums one, HistorySums other)
    {
        Assert.Equal((one.Bytes, one.Packets, one.Samples), (other.Bytes, other.Packets, other.Samples));
        Assert.InRange(other.BytesVariance, one.BytesVariance * 0.9999, one.BytesVariance * 1.0001);
        Assert.InRange(other.PacketsVariance, one.PacketsVariance * 0.9999, one.PacketsVariance * 1.0001);
    }
}
