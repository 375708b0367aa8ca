using System.IO.Compression;

namespace SFlow.Exporter.Elasticsearch.Spool;

/// <summary>A body that was taken from a segment.</summary>
/// <param name="Segment">The file that keeps it until it is settled.</param>
/// <param name="Offset">Where its header is in the file.</param>
/// <param name="Header">Its header.</param>
/// <param name="Packed">The compressed body.</param>
internal readonly record struct SpoolEntry(SpoolSegment Segment, long Offset, SpoolHeader Header, byte[] Packed)
{
    /// <summary>The items of the body.</summary>
    /// <returns>Null if the content is not what the header says.</returns>
    public BulkBody? Unpack(int bodyBytes)
    {
        byte[] bytes = new byte[Header.Bytes];
        try
        {
            using GZipStream gzip = new(new MemoryStream(Packed), CompressionMode.Decompress);
            gzip.ReadExactly(bytes);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            return null;
        }
        BulkBody body = new(Math.Max(bodyBytes, Header.Bytes)) { SentBefore = Segment.IsRestored ? DateTimeOffset.FromUnixTimeMilliseconds(Header.Written) : null };
        for (ReadOnlySpan<byte> left = bytes; !left.IsEmpty;)
        {
            // An item has two lines, and a document has no line break.
            int action = left.IndexOf((byte)'\n') + 1, document = left[action..].IndexOf((byte)'\n') + 1;
            if (action == 0 || document == 0 || !body.TryAdd(left[..(action + document)])) return null;
            left = left[(action + document)..];
        }
        return body.Count == Header.Records ? body : null;
    }
}
