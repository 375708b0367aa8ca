using SFlow.Internals;

namespace SFlow.FlowRecords;

/// <summary>Next hop and prefix lengths of a routed packet (sFlow version 5, <c>extended_router</c>).</summary>
public readonly ref struct ExtendedRouter : IRecord<ExtendedRouter>
{
    /// <summary>Data format 0:1002.</summary>
    public const uint Tag = 1002;

    private ExtendedRouter(scoped ref XdrReader reader)
        : this(reader.Address(), ref reader)
    {
    }

    private ExtendedRouter(Address nextHop, scoped ref XdrReader reader)
    {
        NextHop = nextHop;
        SourceMask = reader.UInt32();
        DestinationMask = reader.UInt32();
    }

    /// <summary>Address of the next router; all zero when unknown.</summary>
    public Address NextHop { get; }

    /// <summary>Prefix length of the source.</summary>
    public uint SourceMask { get; }

    /// <summary>Prefix length of the destination.</summary>
    public uint DestinationMask { get; }

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out ExtendedRouter record)
    {
        XdrReader reader = new(data);
        record = new ExtendedRouter(ref reader);
        return reader.IsSound;
    }

    /// <inheritdoc/>
    /// <remarks>If the type of the next hop is unknown, the masks are found by the length of the record: they are its last two words.</remarks>
    static void IRecord<ExtendedRouter>.VisitPart<TVisitor>(ReadOnlySpan<byte> data, ref TVisitor visitor)
    {
        const int TypeLength = 4, MasksLength = 8;
        const uint HighestKnownType = 2;
        XdrReader reader = new(data);
        ExtendedRouter record = new(ref reader);
        ulong fields = reader.Fields;
        if (fields == 0 && data.Length is TypeLength + MasksLength or TypeLength + 4 + MasksLength or TypeLength + 16 + MasksLength && Wire.UInt32(data, 0) > HighestKnownType)
        {
            XdrReader masks = new(data[^MasksLength..]);
            record = new ExtendedRouter(default, ref masks);
            fields = 0b110;
        }
        CutRecord.Visit(record, fields, ref visitor);
    }

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Address("next_hop"u8, NextHop);
        visitor.Number("src_mask"u8, SourceMask);
        visitor.Number("dst_mask"u8, DestinationMask);
    }
}
