using System.IO.Compression;

namespace SFlow.Exporter.Metrics;

/// <summary>
/// All metrics as text, made once and never changed: whoever reads it changes nothing that another reader sees. A reader that has not seen
/// a new series yet reads a zero in place of its value.
/// </summary>
internal sealed class Rendering
{
    private readonly ReadOnlyMemory<byte> text;
    private readonly List<NewValue> newValues;
    private readonly Lazy<byte[]> packed;

    /// <param name="text">The exposition, true values.</param>
    /// <param name="newValues">The values of new series before <paramref name="rest"/>, in order.</param>
    /// <param name="rest">Where series begin that are looked up in <paramref name="zero"/>.</param>
    /// <param name="zero">Series that are new.</param>
    /// <param name="taken">Timestamp of when it began.</param>
    public Rendering(ReadOnlyMemory<byte> text, List<NewValue> newValues, int rest, ZeroInitialization zero, long taken)
    {
        this.text = text;
        this.newValues = newValues;
        Number = zero.Rendering;
        Taken = taken;
        if (!zero.IsEmpty) FindNewValues(zero, rest);
        packed = new Lazy<byte[]>(() => Pack(text));
    }

    public long Number { get; }
    public long Taken { get; }

    /// <summary>The parts of the text for a reader, in order.</summary>
    /// <param name="watermark">Number of the last rendering that this reader got; null for one who does not remember and reads true values.</param>
    public IEnumerable<ReadOnlyMemory<byte>> For(long? watermark)
    {
        int at = 0;
        if (watermark is { } seen)
        {
            foreach (NewValue value in newValues)
            {
                if (value.Rendering <= seen) continue;
                yield return text[at..value.Offset];
                yield return Zero;
                at = value.Offset + value.Length;
            }
        }
        yield return text[at..];
    }

    /// <summary>Whether that reader reads true values only.</summary>
    public bool IsTrueFor(long? watermark) => watermark is not { } seen || newValues.TrueForAll(value => value.Rendering <= seen);

    /// <summary>The true values, compressed once for all.</summary>
    public ReadOnlyMemory<byte> Packed => packed.Value;

    private static ReadOnlyMemory<byte> Zero { get; } = "0"u8.ToArray();

    private void FindNewValues(ZeroInitialization zero, int rest)
    {
        Dictionary<byte[], NewSeries>.AlternateLookup<ReadOnlySpan<byte>> young = zero.Young;
        ReadOnlySpan<byte> all = text.Span;
        for (int start = rest; start < all.Length;)
        {
            int length = all[start..].IndexOf((byte)'\n');
            if (length < 0) length = all.Length - start;
            ReadOnlySpan<byte> line = all.Slice(start, length);
            int space = line.LastIndexOf((byte)' ');
            if (space > 0 && line[0] != '#' && young.TryGetValue(line[..space], out NewSeries birth))
                newValues.Add(new NewValue(start + space + 1, length - space - 1, birth.Rendering));
            start += length + 1;
        }
    }

    private static byte[] Pack(ReadOnlyMemory<byte> text)
    {
        using MemoryStream destination = new();
        using (GZipStream gzip = new(destination, CompressionLevel.Fastest)) gzip.Write(text.Span);
        return destination.ToArray();
    }
}

/// <summary>The place of the value of a new series in a text.</summary>
/// <param name="Offset">Of its first character.</param>
/// <param name="Length">Characters.</param>
/// <param name="Rendering">The first rendering that has the series.</param>
internal readonly record struct NewValue(int Offset, int Length, long Rendering);
