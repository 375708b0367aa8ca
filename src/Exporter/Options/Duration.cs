using System.Buffers;
using System.Globalization;

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

    /// <summary>The duration in the longest unit of which it is a whole number.</summary>
    public static string Format(TimeSpan time)
    {
        if (time == TimeSpan.Zero) return "0s";
        foreach ((string name, long ticks) in Units)
            if (time.Ticks % ticks == 0) return string.Create(CultureInfo.InvariantCulture, $"{time.Ticks / ticks}{name}");
        return string.Create(CultureInfo.InvariantCulture, $"{time.TotalMicroseconds}us");
    }

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
