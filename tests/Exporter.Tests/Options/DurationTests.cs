using SFlow.Exporter.Options;

namespace SFlow.Exporter.Tests.Options;

public sealed class DurationTests
{
    [Theory]
    [InlineData("1ms", 0.001)]
    [InlineData("250us", 0.00025)]
    [InlineData("0.5s", 0.5)]
    [InlineData("30s", 30)]
    [InlineData("90s", 90)]
    [InlineData("5m", 300)]
    [InlineData("1h30m", 5400)]
    [InlineData("1h0m30s", 3630)]
    [InlineData("7d", 604800)]
    [InlineData("0", 0)]
    [InlineData("0s", 0)]
    [InlineData("00:00:30", 30)]
    [InlineData("00:00:00.0010000", 0.001)]
    [InlineData("01:00", 3600)]
    [InlineData("7.00:00:00", 604800)]
    public void New_and_old_forms_are_read(string text, double seconds)
    {
        Assert.True(Duration.TryParse(text, out TimeSpan time));
        Assert.Equal(seconds, time.TotalSeconds, 9);
    }

    [Theory]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("s")]
    [InlineData(".s")]
    [InlineData("1..5s")]
    [InlineData("-1s")]
    [InlineData("1 s")]
    [InlineData("1S")]
    [InlineData("30m1h")]
    [InlineData("1m1m")]
    [InlineData("1w")]
    [InlineData("1e3s")]
    [InlineData("99999999999999999999d")]
    [InlineData("25:00:00:00:00")]
    [InlineData("never")]
    public void Other_texts_are_refused(string text) => Assert.False(Duration.TryParse(text, out _));

    [Theory]
    [InlineData("00:00:00", "0s")]
    [InlineData("00:00:00.001", "1ms")]
    [InlineData("00:00:00.0015", "1ms500us")]
    [InlineData("00:00:30", "30s")]
    [InlineData("00:01:30", "1m30s")]
    [InlineData("00:05:00", "5m")]
    [InlineData("1.12:00:00", "1d12h")]
    [InlineData("7.00:00:00", "7d")]
    public void A_duration_is_printed_in_few_units_and_read_again(string time, string text)
    {
        TimeSpan known = TimeSpan.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(text, Duration.Format(known));
        Assert.Equal(known, Duration.Parse(text));
    }
}
