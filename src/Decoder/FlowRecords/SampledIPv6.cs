using SFlow.Internals;

namespace SFlow.FlowRecords;

/// <summary>An IPv6 packet as fields instead of bytes (sFlow version 5, <c>sampled_ipv6</c>).</summary>
public readonly ref struct SampledIPv6
{
    /// <summary>Data format 0:4.</summary>
    public const uint Tag = 4;

    private const int Length = 56;

    private readonly ReadOnlySpan<byte> data;

    private SampledIPv6(ReadOnlySpan<byte> data) => this.data = data;

    /// <summary>Length of the IP packet in bytes; 0 when unknown.</summary>
    public uint IPLength => Wire.UInt32(data, 0);

    /// <summary>Next header.</summary>
    public uint Protocol => Wire.UInt32(data, 4);

    /// <summary>Source address.</summary>
    public InternetAddress Source => InternetAddress.FromIPv6(data, 8);

    /// <summary>Destination address.</summary>
    public InternetAddress Destination => InternetAddress.FromIPv6(data, 24);

    /// <summary>Source port.</summary>
    public uint SourcePort => Wire.UInt32(data, 40);

    /// <summary>Destination port.</summary>
    public uint DestinationPort => Wire.UInt32(data, 44);

    /// <summary>TCP flags.</summary>
    public uint TcpFlags => Wire.UInt32(data, 48);

    /// <summary>Traffic class.</summary>
    public uint Priority => Wire.UInt32(data, 52);

    /// <summary>Reads the record; false when it is too short. Bytes that a later version may have added at its end are allowed.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out SampledIPv6 record)
    {
        bool whole = data.Length >= Length;
        record = whole ? new SampledIPv6(data) : default;
        return whole;
    }
}
