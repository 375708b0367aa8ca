using SFlow.Exporter.Elasticsearch;

namespace SFlow.Exporter.Tests.Elasticsearch;

public sealed class PartsTests
{
    [Fact]
    public void Both_halves_of_an_uncertain_part_are_uncertain_until_the_server_is_asked_for_each()
    {
        BulkBody whole = new(1_000);
        for (byte item = 0; item < 4; item++) Assert.True(whole.TryAdd([item]));
        Parts parts = new(whole) { Began = DateTimeOffset.UnixEpoch };
        Assert.False(parts.IsUncertain(whole));
        parts.Doubt(whole);
        Assert.True(parts.TryHalve());

        BulkBody first = parts.Current!;
        Assert.True(parts.IsUncertain(first));
        parts.Clarify(first);
        Assert.False(parts.IsUncertain(first));
        first.Clear();

        BulkBody second = parts.Current!;
        Assert.NotSame(first, second);
        Assert.Equal([2, 3], second.Bytes.ToArray());
        Assert.True(parts.IsUncertain(second));
        Assert.True(parts.TryHalve());
        Assert.True(parts.IsUncertain(parts.Current!));
    }
}
