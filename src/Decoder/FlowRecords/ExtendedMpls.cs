using SFlow.Internals;

namespace SFlow.FlowRecords;

/// <summary>MPLS labels on both sides of a switch (sFlow version 5, <c>extended_mpls</c>). A label is a whole entry: label, class, bottom flag, TTL.</summary>
public readonly ref struct ExtendedMpls : IRecord<ExtendedMpls>
{
    /// <summary>Data format 0:1006.</summary>
    public const uint Tag = 1006;

    private ExtendedMpls(scoped ref XdrReader reader)
    {
        NextHop = reader.Address();
        InLabels = reader.Words();
        OutLabels = reader.Words();
    }

    /// <summary>Address of the next hop; all zero when unknown.</summary>
    public Address NextHop { get; }

    /// <summary>Label stack of the packet as it came.</summary>
    public WordList InLabels { get; }

    /// <summary>Label stack of the packet as it left.</summary>
    public WordList OutLabels { get; }

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out ExtendedMpls record)
    {
        XdrReader reader = new(data);
        record = new ExtendedMpls(ref reader);
        return reader.IsSound;
    }

    /// <inheritdoc/>
    static void IRecord<ExtendedMpls>.VisitPart<TVisitor>(ReadOnlySpan<byte> data, ref TVisitor visitor)
    {
        XdrReader reader = new(data);
        CutRecord.Visit(new ExtendedMpls(ref reader), reader.Fields, ref visitor);
    }

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Address("next_hop"u8, NextHop);
        InLabels.Visit("in_labels"u8, ref visitor);
        OutLabels.Visit("out_labels"u8, ref visitor);
    }
}
