using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;

namespace SFlow.Exporter.Elasticsearch;

/// <summary>The body of one bulk request: for each record a line with the action <c>create</c> and its id, and a line with the document.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A MemoryStream holds nothing that has to be released.")]
internal sealed class BulkBody(int capacity)
{
    /// <summary>Maximum items: the answer has some 30 bytes for each.</summary>
    public const int MostItems = 65_536;

    private readonly List<int> ends = [];
    private readonly MemoryStream compressed = new();
    private byte[] bytes = new byte[Math.Min(capacity, 64 * 1024)];

    /// <summary>Monotonic timestamp of the first item: since when the oldest record waits.</summary>
    public long Since { get; set; }

    /// <summary>When an attempt of an earlier run may have sent the body first; null if there was none.</summary>
    public DateTimeOffset? SentBefore { get; init; }

    /// <summary>Items. The answer of the server has an outcome for each, by position.</summary>
    public int Count => ends.Count;

    /// <summary>Length unpacked, which is what servers limit.</summary>
    public int Length => ends.Count == 0 ? 0 : ends[^1];

    public ReadOnlySpan<byte> Bytes => bytes.AsSpan(0, Length);

    /// <summary>What is sent to a server that takes no compressed bodies; valid until the body changes.</summary>
    public ReadOnlyMemory<byte> Plain => bytes.AsMemory(0, Length);

    /// <summary>Adds an item; false, and nothing added, when it does not fit beside what is there. An empty body takes any.</summary>
    public bool TryAdd(ReadOnlySpan<byte> item)
    {
        int end = Length + item.Length;
        if (Count > 0 && (end > capacity || Count == MostItems)) return false;
        if (end > bytes.Length) Array.Resize(ref bytes, Math.Max(end, Math.Min(bytes.Length * 2, capacity)));
        item.CopyTo(bytes.AsSpan(Length));
        ends.Add(end);
        return true;
    }

    /// <summary>Adds all items of another body, beyond the capacity if there are more.</summary>
    public void Add(BulkBody other)
    {
        int start = Length;
        if (start + other.Length > bytes.Length) Array.Resize(ref bytes, start + other.Length);
        other.Bytes.CopyTo(bytes.AsSpan(start));
        ends.AddRange(other.ends.Select(end => start + end));
    }

    public void Clear() => ends.Clear();

    /// <summary>Keeps only these items, given in rising order.</summary>
    public void Keep(IReadOnlyList<int> items)
    {
        int length = 0;
        for (int i = 0; i < items.Count; i++)
        {
            ReadOnlySpan<byte> item = Item(items[i]);
            item.CopyTo(bytes.AsSpan(length));
            ends[i] = length += item.Length;
        }
        ends.RemoveRange(items.Count, ends.Count - items.Count);
    }

    /// <summary>Two bodies with half of the items each.</summary>
    public (BulkBody First, BulkBody Second) Halve()
    {
        BulkBody first = new(capacity), second = new(capacity);
        for (int i = 0; i < Count; i++) (i < Count / 2 ? first : second).TryAdd(Item(i));
        return (first, second);
    }

    /// <summary>The body compressed by gzip; valid until the next call.</summary>
    public ReadOnlyMemory<byte> Pack()
    {
        compressed.SetLength(0);
        using (GZipStream gzip = new(compressed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(Bytes);
        return compressed.GetBuffer().AsMemory(0, (int)compressed.Length);
    }

    /// <summary>The earliest time of the documents; null if none has a time.</summary>
    public DateTimeOffset? Earliest()
    {
        DateTimeOffset? earliest = null;
        for (int i = 0; i < Count; i++)
            if (BulkAction.TimeOf(Item(i)) is { } time && !(earliest <= time)) earliest = time;
        return earliest;
    }

    /// <summary>The two lines of an item.</summary>
    public ReadOnlySpan<byte> Item(int index) => bytes.AsSpan((index == 0 ? 0 : ends[index - 1])..ends[index]);
}
