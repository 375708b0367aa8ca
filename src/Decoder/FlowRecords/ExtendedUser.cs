using SFlow.Internals;

namespace SFlow.FlowRecords;

/// <summary>User names of source and destination (sFlow version 5, <c>extended_user</c>). Names are bytes in the character set of their number (IANA MIBenum); empty is unknown.</summary>
public readonly ref struct ExtendedUser : IRecord<ExtendedUser>
{
    /// <summary>Data format 0:1004.</summary>
    public const uint Tag = 1004;

    private ExtendedUser(scoped ref XdrReader reader)
    {
        SourceCharset = reader.UInt32();
        SourceUser = reader.Opaque();
        DestinationCharset = reader.UInt32();
        DestinationUser = reader.Opaque();
    }

    /// <summary>Character set of the source name.</summary>
    public uint SourceCharset { get; }

    /// <summary>User at the source.</summary>
    public ReadOnlySpan<byte> SourceUser { get; }

    /// <summary>Character set of the destination name.</summary>
    public uint DestinationCharset { get; }

    /// <summary>User at the destination.</summary>
    public ReadOnlySpan<byte> DestinationUser { get; }

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out ExtendedUser record)
    {
        XdrReader reader = new(data);
        record = new ExtendedUser(ref reader);
        return reader.IsSound;
    }

    /// <inheritdoc/>
    static void IRecord<ExtendedUser>.VisitPart<TVisitor>(ReadOnlySpan<byte> data, ref TVisitor visitor)
    {
        XdrReader reader = new(data);
        CutRecord.Visit(new ExtendedUser(ref reader), reader.Fields, ref visitor);
    }

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("src_charset"u8, SourceCharset);
        visitor.Text("src_user"u8, SourceUser);
        visitor.Number("dst_charset"u8, DestinationCharset);
        visitor.Text("dst_user"u8, DestinationUser);
    }
}
