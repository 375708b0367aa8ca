using System.Globalization;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests;

/// <summary>Nanoseconds of Unix time, compared with .NET's own ticks and texts.</summary>
public sealed class UnixTimeTests
{
    [Fact]
    public void A_time_is_the_ticks_and_the_text_of_NET_and_two_decimals_more()
    {
        Random random = new(11);
        for (int i = 0; i < 10_000; i++)
        {
            long nanoseconds = random.NextInt64(9_214_646_400_000_000_000);
            DateTimeOffset time = DateTimeOffset.UnixEpoch + TimeSpan.FromMicroseconds(nanoseconds / 1_000);
            Assert.Equal(nanoseconds / 1_000 * 1_000, time.ToUnixNanoseconds());
            Assert.Equal(TimeSpan.FromMicroseconds(nanoseconds / 1_000), UnixTime.ToTimeSpan(nanoseconds / 1_000 * 1_000));
            string text = UnixTime.Format(nanoseconds);
            Assert.Equal($"{time.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture)}{nanoseconds % 1_000:000}Z", text);
            Assert.True(UnixTime.TryParse(text, DateTimeOffset.UnixEpoch, out long read));
            Assert.Equal(nanoseconds, read);
        }
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00Z", 0)]
    [InlineData("1969-12-31T23:59:59Z", 0)]
    [InlineData("1970-01-01T00:00:01+00:00", UnixTime.Second)]
    [InlineData("1970-01-01T01:00:00+01:00", 0)]
    [InlineData("9999-12-31T00:00:00Z", 9_223_372_036_854_775_800)]
    public void A_time_that_64_bits_cannot_hold_becomes_the_nearest(string time, long nanoseconds) =>
        Assert.Equal(nanoseconds, DateTimeOffset.Parse(time, CultureInfo.InvariantCulture).ToUnixNanoseconds());

    [Fact]
    public void A_span_that_64_bits_cannot_hold_becomes_the_longest()
    {
        Assert.Equal(90 * UnixTime.Second, TimeSpan.FromSeconds(90).ToNanoseconds());
        Assert.Equal(-UnixTime.Minute, TimeSpan.FromMinutes(-1).ToNanoseconds());
        Assert.Equal(9_223_372_036_854_775_800, TimeSpan.MaxValue.ToNanoseconds());
    }
}
