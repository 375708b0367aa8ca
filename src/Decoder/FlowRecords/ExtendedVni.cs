using SFlow.Internals;

namespace SFlow.FlowRecords;

/// <summary>Network identifier of a tunnel (sFlow tunnel structures, <c>extended_vni_egress</c> and <c>extended_vni_ingress</c>).</summary>
public readonly ref struct ExtendedVni
{
    /// <summary>Data format 0:1029: the tunnel by which the packet leaves.</summary>
    public const uint EgressTag = 1029;

    /// <summary>Data format 0:1030: the tunnel by which the packet came.</summary>
    public const uint IngressTag = 1030;

    private const int Length = 4;

    private readonly ReadOnlySpan<byte> data;

    private ExtendedVni(ReadOnlySpan<byte> data) => this.data = data;

    /// <summary>VXLAN or Geneve network identifier, or GRE key.</summary>
    public uint Vni => Wire.UInt32(data, 0);

    /// <summary>Reads the record; false when it is too short. Bytes that a later version may have added at its end are allowed.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out ExtendedVni record)
    {
        bool whole = data.Length >= Length;
        record = whole ? new ExtendedVni(data) : default;
        return whole;
    }
}
