using System.Globalization;

namespace SFlow;

/// <summary>
/// Type of a sample or record: an enterprise number (20 bits) and a format (12 bits) in one word
/// (sFlow version 5, <c>data_format</c>). Enterprise 0 holds the formats of sflow.org.
/// </summary>
/// <param name="Value">The word as on the wire.</param>
public readonly record struct DataFormat(uint Value) : IUtf8SpanFormattable
{
    /// <summary>SMI private enterprise number; 0 for the standard structures.</summary>
    public uint Enterprise => Value >> 12;

    /// <summary>Number of the structure within its enterprise.</summary>
    public uint Format => Value & 0xFFF;

    /// <summary>Makes the word from its two parts.</summary>
    public static DataFormat Of(uint enterprise, uint format) => new(enterprise << 12 | format & 0xFFF);

    /// <summary>The form in which the specification writes it, <c>enterprise:format</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Enterprise}:{Format}");

    /// <inheritdoc/>
    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        System.Text.Unicode.Utf8.TryWrite(utf8Destination, CultureInfo.InvariantCulture, $"{Enterprise}:{Format}", out bytesWritten);
}
