using SFlow.Internals;

namespace SFlow.FlowRecords;

/// <summary>Next hop and prefix lengths of a routed packet (sFlow version 5, <c>extended_router</c>).</summary>
public readonly ref struct ExtendedRouter
{
    /// <summary>Data format 0:1002.</summary>
    public const uint Tag = 1002;

    /// <summary>Address of the next router; all zero when unknown.</summary>
    public InternetAddress NextHop { get; private init; }

    /// <summary>Prefix length of the source.</summary>
    public uint SourceMask { get; private init; }

    /// <summary>Prefix length of the destination.</summary>
    public uint DestinationMask { get; private init; }

    /// <summary>Reads the record; false when one of its parts is not there.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out ExtendedRouter record)
    {
        record = default;
        XdrReader reader = new(data);
        if (!reader.TryReadAddress(out InternetAddress hop)
            || !reader.TryReadUInt32(out uint source)
            || !reader.TryReadUInt32(out uint destination))
        {
            return false;
        }
        record = new ExtendedRouter
        {
            NextHop = hop,
            SourceMask = source,
            DestinationMask = destination,
        };
        return true;
    }
}
