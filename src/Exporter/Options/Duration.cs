using System.Buffers;
using System.Globalization;
using System.Text;

namespace SFlow.Exporter.Options;

/// <summary>
/// Durations as people write them: <c>1ms</c>, <c>30s</c>, <c>1h30m</c>, <c>7d</c>. The form <c>[d.]hh:mm:ss</c> of earlier releases is still read.
/// </summary>
internal static class Duration
{
    /// <summary>From the longest to the shortest, as a combined duration must have them.</summary>
    private static readonly (string Name, long Ticks)[] Units =
    [
        ("d", TimeSpan.TicksPerDay), ("h", TimeSpan.TicksPerHour), ("m", TimeSpan.TicksPerMinute),
        ("s", TimeSpan.TicksPerSecond), ("ms", TimeSpan.TicksPerMillisecond), ("us", TimeSpan.TicksPerMicrosecond),
    ];

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    /// <summary>The duration in as few units as it takes: <c>7d</c>, <c>1m30s</c>. What is below a microsecond is left out.</summary>
    public static string Format(TimeSpan time)
    {
        StringBuilder text = new(time < TimeSpan.Zero ? "-" : "");
        long left = Math.Abs(time.Ticks);
        foreach ((string name, long ticks) in Units)
        {
            if (left >= ticks) text.Append(CultureInfo.InvariantCulture, $"{left / ticks}{name}");
            left %= ticks;
        }
        return text.Length == 0 ? "0s" : text.ToString();
    }

    /// <summary>The same in whole seconds, or in whole milliseconds below one second.</summary>
    public static string Rounded(TimeSpan time) =>
        Format(time < TimeSpan.FromSeconds(1) ? TimeSpan.FromMilliseconds(Math.Round(time.TotalMilliseconds)) : TimeSpan.FromSeconds(Math.Round(time.TotalSeconds)));

    /// <exception cref="FormatException">The text is not a duration.</exception>
    public static TimeSpan Parse(string text) => TryParse(text, out TimeSpan time) ? time : throw new FormatException($"\"{text}\" is not a duration such as 30s.");

    public static bool TryParse(string text, out TimeSpan time)
    {
        if (text.Contains(':')) return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out time);
        time = TimeSpan.Zero;
        return text == "0" || TryParseUnits(text, out time);
    }

    private static bool TryParseUnits(ReadOnlySpan<char> text, out TimeSpan time)
    {
        time = TimeSpan.Zero;
        if (text.IsEmpty) return false;
        double sum = 0;
        int next = 0;
        while (!text.IsEmpty)
        {
            int digits = text.IndexOfAnyExcept(Digits);
            if (digits <= 0 || !double.TryParse(text[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)) return false;
            text = text[digits..];
            int letters = text.IndexOfAny(Digits) is var end and >= 0 ? end : text.Length;
            string name = text[..letters].ToString();
            int unit = Array.FindIndex(Units, unit => unit.Name == name);
            if (unit < next) return false;
            next = unit + 1;
            sum += number * Units[unit].Ticks;
            text = text[letters..];
        }
        if (sum >= TimeSpan.MaxValue.Ticks) return false;
        time = TimeSpan.FromTicks((long)Math.Round(sum));
        return true;
    }
}
