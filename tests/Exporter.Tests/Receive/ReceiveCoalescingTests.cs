using SFlow.Exporter.Options;
using SFlow.Exporter.Receive;

namespace SFlow.Exporter.Tests.Receive;

public sealed class ReceiveCoalescingTests
{
    private const int Linux = 2 * 212_992, Wanted = 2 * 4 * 1024 * 1024;

    private readonly List<TimeSpan> pauses = [];

    [Theory]
    [InlineData(1, 1)]
    [InlineData(63, 1)]
    [InlineData(64, 0)]
    public void A_full_batch_is_followed_at_once_and_another_one_after_the_pause(int received, int expected)
    {
        new ReceiveCoalescing(new ReceiveOptions(), Wanted, pauses.Add).After(received);
        Assert.Equal(Enumerable.Repeat(TimeSpan.FromMilliseconds(1), expected), pauses);
    }

    [Theory]
    [InlineData(Linux, 1, 0)]
    [InlineData(Wanted, 4, 1)]
    [InlineData(Wanted, 5, 0)]
    [InlineData(Wanted, 0, 0)]
    public void There_is_none_where_the_buffer_could_overflow_meanwhile(long buffer, int milliseconds, int expected)
    {
        new ReceiveCoalescing(new ReceiveOptions { Pause = TimeSpan.FromMilliseconds(milliseconds) }, buffer, pauses.Add).After(1);
        Assert.Equal(expected, pauses.Count);
    }
}
