using SFlow.Internals;

namespace SFlow.CounterRecords;

/// <summary>The OpenFlow port whose counters stand beside it (sFlow OpenFlow structures, <c>of_port</c>).</summary>
public readonly ref struct OpenFlowPort
{
    /// <summary>Data format 0:1004.</summary>
    public const uint Tag = 1004;

    private const int Length = 12;

    private readonly ReadOnlySpan<byte> data;

    private OpenFlowPort(ReadOnlySpan<byte> data) => this.data = data;

    /// <summary>OpenFlow datapath.</summary>
    public ulong DatapathId => Wire.UInt64(data, 0);

    /// <summary>OpenFlow port number.</summary>
    public uint Port => Wire.UInt32(data, 8);

    /// <summary>Reads the record; false when it is too short. Bytes that a later version may have added at its end are allowed.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out OpenFlowPort record)
    {
        bool whole = data.Length >= Length;
        record = whole ? new OpenFlowPort(data) : default;
        return whole;
    }
}
