using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.CounterRecords;

/// <summary>Graphics processors of a host (sFlow NVML structures, <c>nvidia_gpu</c>), all together. Unknown values are all ones.</summary>
public readonly struct NvidiaGpu : IRecord<NvidiaGpu>
{
    /// <summary>Data format 5703:1.</summary>
    public const uint Tag = 5703 << 12 | 1;

    /// <summary>Processors.</summary>
    public readonly XdrUInt32 Devices;

    /// <summary>Processes that use them.</summary>
    public readonly XdrUInt32 Processes;

    /// <summary>Milliseconds with a kernel running.</summary>
    public readonly XdrUInt32 GpuTime;

    /// <summary>Milliseconds with memory read or written.</summary>
    public readonly XdrUInt32 MemoryTime;

    /// <summary>Bytes of memory.</summary>
    public readonly XdrUInt64 MemoryTotal;

    /// <summary>Bytes that are free.</summary>
    public readonly XdrUInt64 MemoryFree;

    /// <summary>Errors of memory, corrected or not.</summary>
    public readonly XdrUInt32 MemoryErrors;

    /// <summary>Millijoules.</summary>
    public readonly XdrUInt32 Energy;

    /// <summary>Degrees Celsius, of the hottest.</summary>
    public readonly XdrUInt32 Temperature;

    /// <summary>Percent, of the fastest.</summary>
    public readonly XdrUInt32 FanSpeed;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out NvidiaGpu record) => FixedSize.TryRead(data, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("device_count"u8, Devices);
        visitor.Number("processes"u8, Processes);
        visitor.Number("gpu_time"u8, GpuTime);
        visitor.Number("mem_time"u8, MemoryTime);
        visitor.Number("mem_total"u8, MemoryTotal);
        visitor.Number("mem_free"u8, MemoryFree);
        visitor.Number("ecc_errors"u8, MemoryErrors);
        visitor.Number("energy"u8, Energy);
        visitor.Number("temperature"u8, Temperature);
        visitor.Number("fan_speed"u8, FanSpeed);
    }
}
