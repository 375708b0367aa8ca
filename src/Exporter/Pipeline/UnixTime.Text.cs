using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace SFlow.Exporter.Pipeline;

/// <content>The text: ISO 8601 (RFC 3339) in UTC with nine decimals, of which .NET's own types know seven.</content>
internal static partial class UnixTime
{
    /// <summary>Bytes that <see cref="Format(long, Span{byte})"/> needs.</summary>
    public const int TextLength = 30;

    private const int Decimals = 9;

    /// <summary>The last second that 64 bits of nanoseconds can hold.</summary>
    private const long LastSecond = long.MaxValue / Second - 1;

    private static readonly string[] Formats =
        ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public static string Format(long nanoseconds) => Encoding.ASCII.GetString(Format(nanoseconds, stackalloc byte[TextLength]));

    /// <summary>The same without a string; returns the part of <paramref name="text"/> that it wrote.</summary>
    public static ReadOnlySpan<byte> Format(long nanoseconds, Span<byte> text)
    {
        (long ticks, long rest) = Math.DivRem(nanoseconds, NanosecondsPerTick);
        Utf8Formatter.TryFormat(DateTime.UnixEpoch.AddTicks(ticks), text, out int written, 'O');
        text[written - 1] = (byte)('0' + rest / 10);
        text[written] = (byte)('0' + rest % 10);
        text[written + 1] = (byte)'Z';
        return text[..(written + 2)];
    }

    /// <summary>
    /// Reads an ISO 8601 time (UTC where it names no offset), whole seconds of Unix time, or a time relative to <paramref name="now"/>: "now-15m", "-15m",
    /// "now".
    /// </summary>
    public static bool TryParse(string text, DateTimeOffset now, out long nanoseconds)
    {
        nanoseconds = 0;
        if (text.StartsWith("now", StringComparison.Ordinal)) return TryParseRelative(text[3..], now, out nanoseconds);
        if (text.StartsWith('-')) return TryParseRelative(text, now, out nanoseconds);
        if (text.Length > 4 && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds))
        {
            nanoseconds = Math.Min(seconds, LastSecond) * Second;
            return seconds <= LastSecond;
        }
        // A plus sign that was not escaped reaches us as a space.
        (string shortened, long rest) = SplitNanoseconds(text.Replace(' ', '+'));
        const DateTimeStyles style = DateTimeStyles.AssumeUniversal;
        if (!DateTimeOffset.TryParseExact(shortened, Formats, CultureInfo.InvariantCulture, style, out DateTimeOffset time)) return false;
        // Years that 64 bits of nanoseconds can hold.
        if (time.UtcDateTime.Year is < 1970 or > 2261) return false;
        nanoseconds = time.ToUnixNanoseconds() + rest;
        return true;
    }

    private static bool TryParseRelative(string text, DateTimeOffset now, out long nanoseconds)
    {
        nanoseconds = now.ToUnixNanoseconds();
        if (text.Length == 0) return true;
        if (text.Length < 3 || text[0] != '-') return false;
        long unit = text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3_600, 'd' => 86_400, _ => 0 };
        if (unit == 0) return false;
        if (!uint.TryParse(text.AsSpan(1, text.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out uint count)) return false;
        long seconds = count * unit;
        if (seconds > now.ToUnixTimeSeconds()) return false;
        nanoseconds -= seconds * Second;
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
