using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Tests.Store;

namespace SFlow.Exporter.Tests;

public sealed class RateLimitedLoggerTests
{
    [Fact]
    public void The_first_messages_of_a_minute_pass_and_the_next_minute_says_how_many_did_not()
    {
        FakeTimeProvider time = new();
        LogLines lines = new();
        RateLimitedLogger logger = new(lines, time, perMinute: 2);
        for (int i = 1; i <= 5; i++) Log(logger, i);
        time.Advance(TimeSpan.FromSeconds(59));
        Log(logger, 6);
        time.Advance(TimeSpan.FromSeconds(1));
        Log(logger, 7);
        Log(logger, 8);
        Assert.Equal(["Warning: number 1", "Warning: number 2", "Warning: number 7 (4 more since the last message)", "Warning: number 8"], lines.Lines);
    }

    private static void Log(RateLimitedLogger logger, int number) =>
        logger.Log(LogLevel.Warning, new EventId(1), number, null, static (said, _) => $"number {said}");
}
