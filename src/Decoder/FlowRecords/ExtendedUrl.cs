using SFlow.Internals;

namespace SFlow.FlowRecords;

/// <summary>URL of a request (sFlow version 5, <c>extended_url</c>).</summary>
public readonly ref struct ExtendedUrl
{
    /// <summary>Data format 0:1005.</summary>
    public const uint Tag = 1005;

    /// <summary>1 the source is the server, 2 the destination is.</summary>
    public uint Direction { get; private init; }

    /// <summary>The URL, as bytes.</summary>
    public ReadOnlySpan<byte> Url { get; private init; }

    /// <summary>The host of the request, as bytes.</summary>
    public ReadOnlySpan<byte> Host { get; private init; }

    /// <summary>Reads the record; false when one of its parts is not there.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out ExtendedUrl record)
    {
        record = default;
        XdrReader reader = new(data);
        if (!reader.TryReadUInt32(out uint direction)
            || !reader.TryReadOpaque(out ReadOnlySpan<byte> url)
            || !reader.TryReadOpaque(out ReadOnlySpan<byte> host))
        {
            return false;
        }
        record = new ExtendedUrl
        {
            Direction = direction,
            Url = url,
            Host = host,
        };
        return true;
    }
}
