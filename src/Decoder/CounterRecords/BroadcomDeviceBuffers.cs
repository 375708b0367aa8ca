using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.CounterRecords;

/// <summary>Peak use of a switch's buffers (sFlow Broadcom peak buffer structures, <c>bst_device_buffers</c>), in hundredths of a percent; all ones (-1) is unknown.</summary>
public readonly struct BroadcomDeviceBuffers : IRecord<BroadcomDeviceBuffers>
{
    /// <summary>Data format 4413:1.</summary>
    public const uint Tag = 4413 << 12 | 1;

    /// <summary>Buffers of unicast packets.</summary>
    public readonly XdrUInt32 Unicast;

    /// <summary>Buffers of multicast packets.</summary>
    public readonly XdrUInt32 Multicast;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out BroadcomDeviceBuffers record) => FixedSize.TryRead(data, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("uc_pc"u8, Unicast);
        visitor.Number("mc_pc"u8, Multicast);
    }
}
