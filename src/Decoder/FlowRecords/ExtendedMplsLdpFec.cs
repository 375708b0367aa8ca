using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.FlowRecords;

/// <summary>Forwarding class of a label distribution session (sFlow version 5, <c>extended_mpls_LDP_FEC</c>).</summary>
public readonly struct ExtendedMplsLdpFec : IRecord<ExtendedMplsLdpFec>
{
    /// <summary>Data format 0:1011.</summary>
    public const uint Tag = 1011;

    /// <summary>Length of the prefix of the label (mplsFecAddrPrefixLength).</summary>
    public readonly XdrUInt32 PrefixLength;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out ExtendedMplsLdpFec record) => FixedSize.TryRead(data, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("mpls_fec_addr_prefix_length"u8, PrefixLength);
    }
}
