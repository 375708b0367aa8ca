using SFlow.Internals;

namespace SFlow.FlowRecords;

/// <summary>VLAN and priority on both sides of a switch (sFlow version 5, <c>extended_switch</c>); 0xFFFFFFFF is unknown.</summary>
public readonly ref struct ExtendedSwitch
{
    /// <summary>Data format 0:1001.</summary>
    public const uint Tag = 1001;

    private const int Length = 16;

    private readonly ReadOnlySpan<byte> data;

    private ExtendedSwitch(ReadOnlySpan<byte> data) => this.data = data;

    /// <summary>802.1Q VLAN of the packet as it came; 0 untagged.</summary>
    public uint SourceVlan => Wire.UInt32(data, 0);

    /// <summary>802.1p priority of the packet as it came.</summary>
    public uint SourcePriority => Wire.UInt32(data, 4);

    /// <summary>802.1Q VLAN of the packet as it left; 0 untagged.</summary>
    public uint DestinationVlan => Wire.UInt32(data, 8);

    /// <summary>802.1p priority of the packet as it left.</summary>
    public uint DestinationPriority => Wire.UInt32(data, 12);

    /// <summary>Reads the record; false when it is too short. Bytes that a later version may have added at its end are allowed.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out ExtendedSwitch record)
    {
        bool whole = data.Length >= Length;
        record = whole ? new ExtendedSwitch(data) : default;
        return whole;
    }
}
