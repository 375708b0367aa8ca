using SFlow.Internals;

namespace SFlow.FlowRecords;

/// <summary>User names at both ends (sFlow version 5, <c>extended_user</c>). Names are bytes in the character set of their number (IANA MIBenum).</summary>
public readonly ref struct ExtendedUser
{
    /// <summary>Data format 0:1004.</summary>
    public const uint Tag = 1004;

    /// <summary>Character set of the source name.</summary>
    public uint SourceCharset { get; private init; }

    /// <summary>User at the source.</summary>
    public ReadOnlySpan<byte> SourceUser { get; private init; }

    /// <summary>Character set of the destination name.</summary>
    public uint DestinationCharset { get; private init; }

    /// <summary>User at the destination.</summary>
    public ReadOnlySpan<byte> DestinationUser { get; private init; }

    /// <summary>Reads the record; false when one of its parts is not there.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out ExtendedUser record)
    {
        record = default;
        XdrReader reader = new(data);
        if (!reader.TryReadUInt32(out uint sourceCharset)
            || !reader.TryReadOpaque(out ReadOnlySpan<byte> source)
            || !reader.TryReadUInt32(out uint destinationCharset)
            || !reader.TryReadOpaque(out ReadOnlySpan<byte> destination))
        {
            return false;
        }
        record = new ExtendedUser
        {
            SourceCharset = sourceCharset,
            SourceUser = source,
            DestinationCharset = destinationCharset,
            DestinationUser = destination,
        };
        return true;
    }
}
