using System.Diagnostics;
using SFlow.Decoder.Tests.Reference;
using SFlow.Tests;

namespace SFlow.Decoder.Tests;

/// <summary>Mutated datagrams in any number, each up against a guard page, decoded without an allocation.</summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    [Fact]
    public void Mutated_datagrams_crash_nothing_and_allocate_nothing()
    {
        int seed = LongRun.Seed;
        long mutations = LongRun.Mutations;
        Random random = new(seed);
        byte[][] datagrams =
        [
            .. Corpus.Captures().SelectMany(capture => capture.Payloads),
            .. Enumerable.Range(0, 2_000).Select(i => new RandomDatagram(new Random(seed + i)).Bytes),
        ];
        using GuardedBytes guarded = new(65_535);
        long[] statuses = new long[Enum.GetValues<DecodeStatus>().Length];
        byte[] scratch = new byte[65_535];
        long structures = 0;
        ulong all = 0;
        // The runtime prepares a path when it is first taken; what it needs for that is no cost of a datagram.
        Run(datagrams, scratch, guarded, random, 50_000, statuses, ref structures, ref all);

        Stopwatch time = Stopwatch.StartNew();
        long allocated = Allocated.Least(() => Run(datagrams, scratch, guarded, random, mutations / 5, statuses, ref structures, ref all));

        string line = $"{mutations:N0} mutated datagrams in {time.Elapsed.TotalSeconds:F1} s, {structures:N0} samples, {allocated} bytes allocated, seed {seed}, fold {all:x16}";
        output.WriteLine(line);
        Console.WriteLine(line);
        output.WriteLine(string.Join(", ", statuses.Select((count, status) => $"{(DecodeStatus)status} {count:N0}")));
        Assert.Equal(0, allocated);
        Assert.True(statuses[(int)DecodeStatus.Ok] > 0 && statuses[(int)DecodeStatus.Malformed] > 0 && statuses[(int)DecodeStatus.Truncated] > 0);
    }

    private static void Run(
        byte[][] datagrams, byte[] scratch, GuardedBytes guarded, Random random, long count, long[] statuses, ref long structures, ref ulong all)
    {
        for (long i = 0; i < count; i++)
        {
            byte[] datagram = datagrams[random.Next(datagrams.Length)];
            datagram.CopyTo(scratch);
            int length = Mutation.Apply(scratch, datagram.Length, random);
            statuses[(int)Everything.Read(guarded.Copy(scratch.AsSpan(0, length)), out int samples, out ulong fold)]++;
            structures += samples;
            all = all * 31 + fold;
        }
    }
}
