using SFlow.Internals;

namespace SFlow.FlowRecords;

/// <summary>The forwarding class of the packet (sFlow version 5, <c>extended_mpls_FTN</c>, after RFC 3814).</summary>
public readonly ref struct ExtendedMplsFtn : IRecord<ExtendedMplsFtn>
{
    /// <summary>Data format 0:1010.</summary>
    public const uint Tag = 1010;

    private ExtendedMplsFtn(scoped ref XdrReader reader)
    {
        Description = reader.Opaque();
        Mask = reader.UInt32();
    }

    /// <summary>Description of the class, as bytes.</summary>
    public ReadOnlySpan<byte> Description { get; }

    /// <summary>Which fields of the packet it looks at.</summary>
    public uint Mask { get; }

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out ExtendedMplsFtn record)
    {
        XdrReader reader = new(data);
        record = new ExtendedMplsFtn(ref reader);
        return reader.IsSound;
    }

    /// <inheritdoc/>
    static void IRecord<ExtendedMplsFtn>.VisitPart<TVisitor>(ReadOnlySpan<byte> data, ref TVisitor visitor)
    {
        XdrReader reader = new(data);
        CutRecord.Visit(new ExtendedMplsFtn(ref reader), reader.Fields, ref visitor);
    }

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Text("mpls_ftn_descr"u8, Description);
        visitor.Number("mpls_ftn_mask"u8, Mask);
    }
}
