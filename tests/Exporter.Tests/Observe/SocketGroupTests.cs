using SFlow.Exporter.Observe;

namespace SFlow.Exporter.Tests.Observe;

public sealed class SocketGroupTests(ITestOutputHelper output)
{
    [Fact]
    public void All_eight_at_once_find_what_one_after_the_other_finds()
    {
        const int LowerBits = 40;
        Random random = new(11);
        long[] group = new long[SocketGroup.Size];
        int found = 0;
        for (int round = 0; round < 100_000; round++)
        {
            // Few tags, so that some are there, some twice and some never; 0 is one of them.
            for (int at = 0; at < group.Length; at++) group[at] = (long)random.Next(12) << LowerBits | (long)random.Next(3);
            long tag = (long)random.Next(12) << LowerBits;
            int expected = SocketGroup.IndexOfEach(ref group[0], tag, LowerBits);
            Assert.Equal(expected, SocketGroup.IndexOf(ref group[0], tag, LowerBits));
            if (expected >= 0) found++;
        }
        output.WriteLine($"100,000 groups, {found:N0} times found");
        Assert.InRange(found, 20_000, 80_000);
    }
}
