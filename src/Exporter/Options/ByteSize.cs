using System.Buffers;
using System.Globalization;

namespace SFlow.Exporter.Options;

/// <summary>Numbers of bytes as people write them: <c>4KiB</c>, <c>64MiB</c>, <c>1.5GiB</c>. The units of Kubernetes (<c>64Mi</c>) and plain bytes are read as well.</summary>
internal static class ByteSize
{
    private static readonly (string Name, long Bytes)[] Units = [("TiB", 1L << 40), ("GiB", 1L << 30), ("MiB", 1L << 20), ("KiB", 1L << 10), ("B", 1)];

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    /// <summary>The size in the largest unit of which it is a whole number.</summary>
    public static string Format(long bytes)
    {
        (string name, long unit) = Units.First(unit => bytes % unit.Bytes == 0 && bytes >= unit.Bytes || unit.Bytes == 1);
        return string.Create(CultureInfo.InvariantCulture, $"{bytes / unit}{name}");
    }

    /// <exception cref="FormatException">The text is not a size.</exception>
    public static long Parse(string text) => TryParse(text, out long bytes) ? bytes : throw new FormatException($"\"{text}\" is not a size such as 64MiB.");

    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        int digits = text.AsSpan().IndexOfAnyExcept(Digits);
        if (digits < 0) return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out bytes);
        string name = text[digits..];
        long unit = Units.FirstOrDefault(unit => name.Equals(unit.Name, StringComparison.OrdinalIgnoreCase) || unit.Bytes > 1 && name == unit.Name[..2]).Bytes;
        if (unit == 0 || !double.TryParse(text.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)) return false;
        double size = number * unit;
        if (size >= long.MaxValue || size != Math.Floor(size)) return false;
        bytes = (long)size;
        return true;
    }
}
