using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.CounterRecords;

/// <summary>Memory of a virtual machine or container (sFlow host structures, <c>virt_memory</c>).</summary>
public readonly struct VirtualMemory : IRecord<VirtualMemory>
{
    /// <summary>Data format 0:2102.</summary>
    public const uint Tag = 2102;

    /// <summary>Bytes used.</summary>
    public readonly XdrUInt64 Memory;

    /// <summary>Bytes allowed.</summary>
    public readonly XdrUInt64 Maximum;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out VirtualMemory record) => FixedSize.TryRead(data, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("memory"u8, Memory);
        visitor.Number("max_memory"u8, Maximum);
    }
}
