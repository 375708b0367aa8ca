using System.Globalization;

namespace SFlow.Exporter.Pipeline;

/// <summary>Nanoseconds of Unix time and their text: ISO 8601 in UTC with nine decimals, of which .NET's own types know seven.</summary>
internal static class FlowTime
{
    private const long NanosecondsPerTick = 100;
    private const int Decimals = 9;

    private static readonly string[] Formats =
        ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>Times outside the years 1970 to 2262 become the nearest that can be held.</summary>
    public static long Nanoseconds(DateTimeOffset time) =>
        Math.Clamp(time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks, 0, long.MaxValue / NanosecondsPerTick) * NanosecondsPerTick;

    public static long Nanoseconds(TimeSpan span) =>
        Math.Clamp(span.Ticks, long.MinValue / NanosecondsPerTick, long.MaxValue / NanosecondsPerTick) * NanosecondsPerTick;

    public static string Format(long nanoseconds)
    {
        (long ticks, long rest) = Math.DivRem(nanoseconds, NanosecondsPerTick);
        DateTimeOffset time = DateTimeOffset.UnixEpoch.AddTicks(ticks);
        return string.Create(CultureInfo.InvariantCulture, $"{time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fffffff}{rest:00}Z");
    }

    /// <summary>Reads an ISO 8601 time (UTC where it names no offset), or one relative to <paramref name="now"/>: "-15m", "now".</summary>
    public static bool TryParse(string text, DateTimeOffset now, out long nanoseconds)
    {
        nanoseconds = 0;
        if (text == "now" || text.StartsWith('-')) return TryParseRelative(text, now, out nanoseconds);
        // A plus sign that was not escaped reaches us as a space.
        (string shortened, long rest) = SplitNanoseconds(text.Replace(' ', '+'));
        const DateTimeStyles style = DateTimeStyles.AssumeUniversal;
        if (!DateTimeOffset.TryParseExact(shortened, Formats, CultureInfo.InvariantCulture, style, out DateTimeOffset time)) return false;
        // Years that 64 bits of nanoseconds can hold.
        if (time.UtcDateTime.Year is < 1970 or > 2261) return false;
        nanoseconds = Nanoseconds(time) + rest;
        return true;
    }

    private static bool TryParseRelative(string text, DateTimeOffset now, out long nanoseconds)
    {
        nanoseconds = Nanoseconds(now);
        if (text == "now") return true;
        long unit = text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3_600, 'd' => 86_400, _ => 0 };
        if (unit == 0) return false;
        if (!uint.TryParse(text.AsSpan(1, text.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out uint count)) return false;
        long seconds = count * unit;
        if (seconds > now.ToUnixTimeSeconds()) return false;
        nanoseconds -= seconds * 1_000_000_000;
        return true;
    }

    /// <summary>Takes the eighth and ninth decimal out of a text.</summary>
    private static (string Text, long Nanoseconds) SplitNanoseconds(string text)
    {
        int start = text.IndexOf('.', StringComparison.Ordinal) + 1;
        if (start == 0) return (text, 0);
        int end = start;
        while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
        if (end - start is <= 7 or > Decimals) return (text, 0);
        string extra = text[(start + 7)..end].PadRight(2, '0');
        return (text.Remove(start + 7, end - start - 7), int.Parse(extra, CultureInfo.InvariantCulture));
    }
}
