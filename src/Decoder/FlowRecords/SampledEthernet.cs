using SFlow.Internals;

namespace SFlow.FlowRecords;

/// <summary>An Ethernet frame as fields instead of bytes (sFlow version 5, <c>sampled_ethernet</c>).</summary>
public readonly ref struct SampledEthernet
{
    /// <summary>Data format 0:2.</summary>
    public const uint Tag = 2;

    /// <summary>Each MAC address is padded to 8 bytes by XDR; some agents do not pad, which only the record's length tells.</summary>
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

    /// <summary>Reads the record; false when it is too short.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out SampledEthernet record)
    {
        bool whole = data.Length is UnpaddedLength or >= PaddedLength;
        record = whole ? new SampledEthernet(data) : default;
        return whole;
    }
}
