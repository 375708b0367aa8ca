using SFlow.Internals;

namespace SFlow.FlowRecords;

/// <summary>An Ethernet frame as fields instead of bytes (sFlow version 5, <c>sampled_ethernet</c>); also the outer frame of a tunnel (sFlow tunnel structures).</summary>
public readonly ref struct SampledEthernet : IRecord<SampledEthernet>
{
    /// <summary>Data format 0:2: the sampled frame itself.</summary>
    public const uint Tag = 2;

    /// <summary>Data format 0:1021: <c>extended_L2_tunnel_egress</c>, the tunnel by which the frame leaves.</summary>
    public const uint TunnelEgressTag = 1021;

    /// <summary>Data format 0:1022: <c>extended_L2_tunnel_ingress</c>, the tunnel by which the frame came.</summary>
    public const uint TunnelIngressTag = 1022;

    /// <summary>XDR pads each MAC address to 8 bytes. Some agents do not pad, which only the length of the record shows.</summary>
    private const int PaddedLength = 24, UnpaddedLength = 20;

    private readonly ReadOnlySpan<byte> data;

    private SampledEthernet(ReadOnlySpan<byte> data) => this.data = data;

    /// <summary>Length of the frame without its check sequence, in bytes.</summary>
    public uint FrameLength => Wire.UInt32(data, 0);

    /// <summary>Source MAC address in the low 48 bits.</summary>
    public ulong SourceMac => Wire.Mac(data, 4);

    /// <summary>Destination MAC address in the low 48 bits.</summary>
    public ulong DestinationMac => Wire.Mac(data, IsPadded ? 12 : 10);

    /// <summary>EtherType.</summary>
    public uint EtherType => Wire.UInt32(data, IsPadded ? 20 : 16);

    private bool IsPadded => data.Length >= PaddedLength;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out SampledEthernet record)
    {
        bool whole = data.Length is UnpaddedLength or >= PaddedLength;
        record = whole ? new SampledEthernet(data) : default;
        return whole;
    }

    /// <inheritdoc/>
    /// <remarks>The position of the second address depends on the padding of the first, which a truncated record does not show.</remarks>
    static void IRecord<SampledEthernet>.VisitPart<TVisitor>(ReadOnlySpan<byte> data, ref TVisitor visitor)
    {
        if (data.Length >= 4) visitor.Number("length"u8, Wire.UInt32(data, 0));
        if (data.Length >= 10) visitor.Mac("src_mac"u8, Wire.Mac(data, 4));
    }

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("length"u8, FrameLength);
        visitor.Mac("src_mac"u8, SourceMac);
        visitor.Mac("dst_mac"u8, DestinationMac);
        visitor.Number("type"u8, EtherType);
    }
}
