using SFlow.Internals;

namespace SFlow.FlowRecords;

/// <summary>Addresses after translation (sFlow version 5, <c>extended_nat</c>).</summary>
public readonly ref struct ExtendedNat : IRecord<ExtendedNat>
{
    /// <summary>Data format 0:1007.</summary>
    public const uint Tag = 1007;

    private ExtendedNat(scoped ref XdrReader reader)
    {
        Source = reader.Address();
        Destination = reader.Address();
    }

    /// <summary>Source address after translation; all zero when unknown.</summary>
    public Address Source { get; }

    /// <summary>Destination address after translation; all zero when unknown.</summary>
    public Address Destination { get; }

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out ExtendedNat record)
    {
        XdrReader reader = new(data);
        record = new ExtendedNat(ref reader);
        return reader.IsSound;
    }

    /// <inheritdoc/>
    static void IRecord<ExtendedNat>.VisitPart<TVisitor>(ReadOnlySpan<byte> data, ref TVisitor visitor)
    {
        XdrReader reader = new(data);
        CutRecord.Visit(new ExtendedNat(ref reader), reader.Fields, ref visitor);
    }

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Address("src_address"u8, Source);
        visitor.Address("dst_address"u8, Destination);
    }
}
