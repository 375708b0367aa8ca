using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.FlowRecords;

/// <summary>Network identifier of a tunnel (sFlow tunnel structures, <c>extended_vni_egress</c> and <c>extended_vni_ingress</c>).</summary>
public readonly struct ExtendedVni : IRecord<ExtendedVni>
{
    /// <summary>Data format 0:1029: the tunnel by which the packet leaves.</summary>
    public const uint EgressTag = 1029;

    /// <summary>Data format 0:1030: the tunnel by which the packet came.</summary>
    public const uint IngressTag = 1030;

    /// <summary>VXLAN or Geneve network identifier, or GRE key.</summary>
    public readonly XdrUInt32 Vni;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out ExtendedVni record) => FixedSize.TryRead(data, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("vni"u8, Vni);
    }
}
