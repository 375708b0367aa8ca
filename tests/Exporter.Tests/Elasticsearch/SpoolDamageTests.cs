using SFlow.Exporter.Elasticsearch.Spool;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Tests.Store;

namespace SFlow.Exporter.Tests.Elasticsearch;

/// <summary>Files that are cut or changed, and a disk that is full: what is intact is sent, and the rest is counted.</summary>
public sealed class SpoolDamageTests
{
    private const int Records = 3;

    [Fact]
    public void A_last_body_that_is_cut_anywhere_is_removed_and_those_before_it_stay()
    {
        using SpoolFixture fixture = new();
        fixture.Append(Records);
        string file = Assert.Single(fixture.Files);
        long first = new FileInfo(file).Length;
        fixture.Append(Records);
        byte[] whole = File.ReadAllBytes(file);
        for (int length = 0; length < whole.Length; length++)
        {
            fixture.Spool.Dispose();
            File.WriteAllBytes(file, whole[..length]);
            fixture.Logged.Clear();
            fixture.Reopen();
            bool hasFirst = length >= first;
            bool isCut = length > 0 && length != first;
            Assert.Equal(isCut, fixture.Logged.Any(line => line.Contains("is not complete", StringComparison.Ordinal)));
            // A header that is complete says how many records are lost.
            bool isKnown = isCut && length - (hasFirst ? first : 0) >= SpoolHeader.Size;
            Assert.Equal((0, 0, isKnown ? Records : 0, 0), fixture.Lost);
            Assert.True(fixture.Append(Records));
            Assert.Equal((hasFirst ? Records : 0) + Records, fixture.TakeAll().Count);
            Assert.Empty(fixture.Files);
        }
    }

    [Fact]
    public void A_flipped_bit_anywhere_loses_at_most_its_own_body()
    {
        const int Bodies = 3;
        using SpoolFixture fixture = new();
        for (int i = 0; i < Bodies; i++) fixture.Append(Records);
        string file = Assert.Single(fixture.Files);
        byte[] whole = File.ReadAllBytes(file);
        for (int at = 0; at < whole.Length; at++)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= (byte)(1 << at % 8);
            fixture.Spool.Dispose();
            File.WriteAllBytes(file, damaged);
            fixture.Logged.Clear();
            fixture.Reopen();
            List<int> taken = fixture.TakeAll();
            Assert.InRange(taken.Count, (Bodies - 1) * Records, Bodies * Records);
            Assert.Equal(taken.Order().Distinct(), taken);
            Assert.Equal(0, fixture.Queue.Waiting);
            if (taken.Count < Bodies * Records) Assert.Contains(fixture.Logged, line => line.Contains("Damage in", StringComparison.Ordinal) || line.Contains("is not complete", StringComparison.Ordinal));
            bool isHeader = Enumerable.Range(0, Bodies).Any(body => at >= whole.Length / Bodies * body && at < whole.Length / Bodies * body + SpoolHeader.Size + Records);
            if (!isHeader && at < whole.Length / Bodies * (Bodies - 1)) Assert.Equal(Bodies * Records, taken.Count + fixture.Lost.Damaged);
        }
    }

    [Fact]
    public void Damage_while_the_program_runs_is_counted_exactly()
    {
        using SpoolFixture fixture = new();
        for (int i = 0; i < 3; i++) fixture.Append(Records);
        string file = Assert.Single(fixture.Files);
        byte[] whole = File.ReadAllBytes(file);
        Array.Clear(whole, whole.Length / 3 + 10, 20);
        File.WriteAllBytes(file, whole);
        Assert.Equal([0, 1, 2, 6, 7, 8], fixture.TakeAll());
        Assert.Equal((0, 0, Records, 0), fixture.Lost);
        Assert.Equal(0, fixture.Queue.Waiting);
    }

    [Fact]
    public void On_a_full_disk_bodies_stay_in_memory_and_what_was_written_is_intact()
    {
        using SmallDisk disk = SmallDisk.Mount("1m");
        using SpoolFixture fixture = new(folder: Path.Combine(disk.Folder, "spool"));
        int written = 0;
        while (fixture.Append(100)) Assert.True(++written < 1_000);
        Assert.False(fixture.Stats.IsUp);
        Assert.Contains(fixture.Logged, line => line.Contains("can't be written", StringComparison.Ordinal));
        fixture.Reopen();
        Assert.DoesNotContain(fixture.Logged, line => line.Contains("is not complete", StringComparison.Ordinal));
        Assert.Equal(Enumerable.Range(0, written * 100), fixture.TakeAll());
        Assert.True(fixture.Append(100));
        Assert.True(fixture.Stats.IsUp);
        Assert.Equal((0, 0, 0, 0), fixture.Lost);
    }
}
