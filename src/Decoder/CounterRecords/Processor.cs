using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.CounterRecords;

/// <summary>Processor and memory of the agent (sFlow version 5, <c>processor</c>). Percentages are in hundredths; all ones (-1) is unknown.</summary>
public readonly struct Processor : IRecord<Processor>
{
    /// <summary>Data format 0:1001.</summary>
    public const uint Tag = 1001;

    /// <summary>Processor use over 5 seconds.</summary>
    public readonly XdrUInt32 Cpu5Seconds;

    /// <summary>Processor use over a minute.</summary>
    public readonly XdrUInt32 Cpu1Minute;

    /// <summary>Processor use over 5 minutes.</summary>
    public readonly XdrUInt32 Cpu5Minutes;

    /// <summary>Bytes of memory.</summary>
    public readonly XdrUInt64 TotalMemory;

    /// <summary>Bytes of memory that are free.</summary>
    public readonly XdrUInt64 FreeMemory;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out Processor record) => FixedSize.TryRead(data, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("cpu_5s"u8, Cpu5Seconds);
        visitor.Number("cpu_1m"u8, Cpu1Minute);
        visitor.Number("cpu_5m"u8, Cpu5Minutes);
        visitor.Number("total_memory"u8, TotalMemory);
        visitor.Number("free_memory"u8, FreeMemory);
    }
}
