using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.CounterRecords;

/// <summary>Processor of a virtual machine or container (sFlow host structures, <c>virt_cpu</c>).</summary>
public readonly struct VirtualCpu : IRecord<VirtualCpu>
{
    /// <summary>Data format 0:2101.</summary>
    public const uint Tag = 2101;

    /// <summary>State of the domain: 0 none, 1 running, 2 blocked, 3 paused, 4 shutting down, 5 shut off, 6 crashed.</summary>
    public readonly XdrUInt32 State;

    /// <summary>Processor time used, in milliseconds.</summary>
    public readonly XdrUInt32 CpuTime;

    /// <summary>Virtual processors.</summary>
    public readonly XdrUInt32 Processors;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out VirtualCpu record) => FixedSize.TryRead(data, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("state"u8, State);
        visitor.Number("cpu_time"u8, CpuTime);
        visitor.Number("nr_virt_cpu"u8, Processors);
    }
}
