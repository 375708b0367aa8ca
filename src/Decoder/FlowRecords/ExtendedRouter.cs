using SFlow.Internals;

namespace SFlow.FlowRecords;

/// <summary>Next hop and prefix lengths of a routed packet (sFlow version 5, <c>extended_router</c>).</summary>
public readonly ref struct ExtendedRouter : IRecord<ExtendedRouter>
{
    /// <summary>Data format 0:1002.</summary>
    public const uint Tag = 1002;

    private ExtendedRouter(scoped ref XdrReader reader)
    {
        NextHop = reader.Address();
        SourceMask = reader.UInt32();
        DestinationMask = reader.UInt32();
    }

    /// <summary>Address of the next router; all zero when unknown.</summary>
    public InternetAddress NextHop { get; }

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
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Address("next_hop"u8, NextHop);
        visitor.Number("src_mask"u8, SourceMask);
        visitor.Number("dst_mask"u8, DestinationMask);
    }
}
