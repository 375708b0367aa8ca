using SFlow.Internals;

namespace SFlow.CounterRecords;

/// <summary>Errors of an Ethernet interface (sFlow version 5, <c>ethernet_counters</c>, after RFC 2358). Unknown counters are all ones.</summary>
public readonly ref struct EthernetCounters
{
    /// <summary>Data format 0:2.</summary>
    public const uint Tag = 2;

    private const int Length = 52;

    private readonly ReadOnlySpan<byte> data;

    private EthernetCounters(ReadOnlySpan<byte> data) => this.data = data;

    /// <summary>Frames that were no whole number of bytes.</summary>
    public uint AlignmentErrors => Wire.UInt32(data, 0);

    /// <summary>Frames with a wrong check sequence.</summary>
    public uint CheckSequenceErrors => Wire.UInt32(data, 4);

    /// <summary>Frames sent after one collision.</summary>
    public uint SingleCollisionFrames => Wire.UInt32(data, 8);

    /// <summary>Frames sent after more than one collision.</summary>
    public uint MultipleCollisionFrames => Wire.UInt32(data, 12);

    /// <summary>Signal quality test errors.</summary>
    public uint SqeTestErrors => Wire.UInt32(data, 16);

    /// <summary>Frames whose first try waited for a busy medium.</summary>
    public uint DeferredTransmissions => Wire.UInt32(data, 20);

    /// <summary>Collisions after the slot time.</summary>
    public uint LateCollisions => Wire.UInt32(data, 24);

    /// <summary>Frames given up for collisions.</summary>
    public uint ExcessiveCollisions => Wire.UInt32(data, 28);

    /// <summary>Frames not sent for an internal error.</summary>
    public uint InternalMacTransmitErrors => Wire.UInt32(data, 32);

    /// <summary>Carrier lost while sending.</summary>
    public uint CarrierSenseErrors => Wire.UInt32(data, 36);

    /// <summary>Frames above the permitted size.</summary>
    public uint FrameTooLongs => Wire.UInt32(data, 40);

    /// <summary>Frames not received for an internal error.</summary>
    public uint InternalMacReceiveErrors => Wire.UInt32(data, 44);

    /// <summary>Invalid symbols on the medium.</summary>
    public uint SymbolErrors => Wire.UInt32(data, 48);

    /// <summary>Reads the record; false when it is too short. Bytes that a later version may have added at its end are allowed.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out EthernetCounters record)
    {
        bool whole = data.Length >= Length;
        record = whole ? new EthernetCounters(data) : default;
        return whole;
    }
}
