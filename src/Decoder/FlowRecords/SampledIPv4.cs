using SFlow.Internals;

namespace SFlow.FlowRecords;

/// <summary>An IPv4 packet as fields instead of bytes (sFlow version 5, <c>sampled_ipv4</c>); also the outer packet of a tunnel.</summary>
public readonly ref struct SampledIPv4
{
    /// <summary>Data format 0:3, the sampled packet itself.</summary>
    public const uint Tag = 3;

    /// <summary>Data format 0:1023, <c>extended_ipv4_tunnel_egress</c>: the tunnel by which the packet leaves.</summary>
    public const uint TunnelEgressTag = 1023;

    /// <summary>Data format 0:1024, <c>extended_ipv4_tunnel_ingress</c>: the tunnel by which the packet came.</summary>
    public const uint TunnelIngressTag = 1024;

    private const int Length = 32;

    private readonly ReadOnlySpan<byte> data;

    private SampledIPv4(ReadOnlySpan<byte> data) => this.data = data;

    /// <summary>Length of the IP packet in bytes; 0 when unknown.</summary>
    public uint IPLength => Wire.UInt32(data, 0);

    /// <summary>IP protocol.</summary>
    public uint Protocol => Wire.UInt32(data, 4);

    /// <summary>Source address.</summary>
    public InternetAddress Source => InternetAddress.FromIPv4(Wire.UInt32(data, 8));

    /// <summary>Destination address.</summary>
    public InternetAddress Destination => InternetAddress.FromIPv4(Wire.UInt32(data, 12));

    /// <summary>Source port as on the wire; Open vSwitch on little-endian nodes swaps its two bytes.</summary>
    public uint SourcePort => Wire.UInt32(data, 16);

    /// <summary>Destination port as on the wire; swapped like the source port.</summary>
    public uint DestinationPort => Wire.UInt32(data, 20);

    /// <summary>TCP flags.</summary>
    public uint TcpFlags => Wire.UInt32(data, 24);

    /// <summary>Type of service.</summary>
    public uint TypeOfService => Wire.UInt32(data, 28);

    /// <summary>Reads the record; false when it is too short. Bytes that a later version may have added at its end are allowed.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out SampledIPv4 record)
    {
        bool whole = data.Length >= Length;
        record = whole ? new SampledIPv4(data) : default;
        return whole;
    }
}
