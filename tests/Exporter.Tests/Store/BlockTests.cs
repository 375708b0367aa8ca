using Microsoft.Data.Sqlite;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Store;
using SFlow.Exporter.Store.Blocks;

namespace SFlow.Exporter.Tests.Store;

public class BlockTests
{
    /// <summary>Values at which the number of bytes of a difference changes, and those that overflow a signed difference.</summary>
    private static readonly long[] Edges =
        [0, 1, 255, 256, 65_535, 65_536, 1L << 24, uint.MaxValue, 1L << 32, (1L << 40) - 1, 1L << 48, 1L << 56, long.MaxValue, long.MinValue, -1, -256];

    [Fact]
    public void Values_of_any_width_come_back()
    {
        BlockEncoder encoder = new();
        foreach (long first in Edges)
            foreach (long second in Edges)
            {
                BlockRow[] rows = [Row(first), Row(second), Row(first)];
                BlockView view = new(BlockPart.Search, 3, encoder.Encode(BlockPart.Search, rows));
                BlockRow[] read = new BlockRow[3];
                view.Read(0, read);
                Assert.Equal([first, second, first], read.Select(row => row.Position));
                Assert.Equal([(ulong)second, (ulong)first], read[1..].Select(row => row.Flow.Source.Low));
            }

        static BlockRow Row(long value) => new() { Position = value, Flow = new Flow { Source = new Address(1, (ulong)value) } };
    }

    [Fact]
    public void A_value_that_all_rows_share_takes_no_room()
    {
        BlockEncoder encoder = new();
        BlockRow row = new() { Flow = new SampleFlows().Next() };
        int one = encoder.Encode(BlockPart.Rest, [row]).Length;
        Assert.Equal(one, encoder.Encode(BlockPart.Rest, [.. Enumerable.Repeat(row, 512)]).Length);
    }

    [Fact]
    public void Bytes_that_are_no_block_are_damage()
    {
        Random random = new(7);
        byte[] sound = new BlockEncoder().Encode(BlockPart.Rest, [.. new SampleFlows().Make(20).Select(flow => new BlockRow { Flow = flow })]).ToArray();
        int refused = 0;
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bytes = random.Next(2) == 0 ? sound.AsSpan(0, random.Next(sound.Length)).ToArray() : [.. sound];
            for (int flips = random.Next(1, 8); flips > 0 && bytes.Length > 0; flips--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                new BlockView(BlockPart.Rest, random.Next(3) == 0 ? random.Next(-2, 600) : 20, bytes).Read(0, new BlockRow[20]);
            }
            catch (SqliteException e)
            {
                Assert.True(RecordStore.IsDamage(e));
                refused++;
            }
        }
        Assert.InRange(refused, 1_000, 20_000);
    }

    [Fact]
    public void The_set_of_identities_is_a_set()
    {
        Random random = new(11);
        IdentitySet set = new();
        HashSet<(ulong, ulong)> truth = [];
        for (int i = 0; i < 300_000; i++)
        {
            (ulong High, ulong Low) id = ((ulong)random.Next(100), (ulong)random.Next(1, 400));
            if (random.Next(3) > 0)
            {
                Assert.Equal(truth.Add(id), set.Add(id.High, id.Low));
            }
            else
            {
                truth.Remove(id);
                set.Remove(id.High, id.Low);
            }
            Assert.Equal(truth.Count, set.Count);
        }
        Assert.All(truth, id => Assert.False(set.Add(id.Item1, id.Item2)));
    }

    [Fact]
    public void Identities_that_fall_on_one_slot_under_one_multiplier_are_spread_by_another()
    {
        const ulong Known = 0x9E37_79B9_7F4A_7C15, Inverse = 0xF1DE_83E1_9937_733D, Secret = 0xD6E8_FEB8_6659_FD93;
        Assert.Equal(1ul, unchecked(Known * Inverse));
        (int known, int secret) = (Run(Known), Run(Secret));
        Assert.Equal(20_000, known);
        Assert.InRange(secret, 1, 200);

        static int Run(ulong multiplier)
        {
            IdentitySet set = new(multiplier);
            for (ulong product = 1; product <= 20_000; product++) Assert.True(set.Add(unchecked(product * Inverse), 0));
            return set.LongestRun;
        }
    }

    [Fact]
    public async Task Small_writes_end_up_in_full_blocks()
    {
        using StoreFixture fixture = new(new SampleFlows());
        fixture.Store.Open();
        Flow[] records = fixture.Flows.Make(3_000);
        for (int i = 0, size = 1; i < records.Length; i += size, size = size % 97 + 1) fixture.Write(records[i..Math.Min(records.Length, i + size)]);

        Assert.Equal(records.Select(record => record.IdLow).Reverse(), (await fixture.AllAsync()).Select(flow => flow.Record.IdLow));
        using SqliteConnection reader = fixture.Store.OpenReader();
        Assert.Equal(3_000 / BlockWriter.BlockRows, Statement.Number(reader, $"SELECT count(*) FROM block WHERE rows = {BlockWriter.BlockRows}"));
        Assert.Equal(3_000, Statement.Number(reader, "SELECT sum(rows) FROM block"));
        foreach (BlockPart part in BlockTable.Parts)
            Assert.Equal(0, Statement.Number(reader, $"SELECT count(*) FROM {BlockTable.Name(part)} WHERE last_position NOT IN (SELECT last_position FROM block)"));
    }

    [Fact]
    public void Only_the_newest_identities_are_known_and_an_evicted_record_is_new_again()
    {
        using StoreFixture fixture = new(new SampleFlows(), options => options.MaximumRows = 4_096);
        fixture.Store.Open();
        Flow[] records = fixture.Flows.Make(5_120);
        fixture.Write(records);
        using SqliteConnection connection = fixture.Store.OpenReader();
        using StoredIdentities few = new(connection, most: 1_000);
        few.Load();

        Assert.False(few.Add(records[^1]));
        Assert.False(few.Add(records[^1_024]));
        Assert.True(few.Add(records[^1_025]));
        few.Trim();
        Assert.True(few.Add(records[^1_024]));
        Assert.False(few.Add(records[^1]));
        Assert.Equal(new WriteResult(0, 512), fixture.Write(records[^512..]));
        Assert.Equal(new WriteResult(512, 0), fixture.Write(records[..512]));
    }
}
