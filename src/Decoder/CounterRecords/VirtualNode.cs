using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.CounterRecords;

/// <summary>A hypervisor (sFlow host structures, <c>virt_node</c>).</summary>
public readonly struct VirtualNode : IRecord<VirtualNode>
{
    /// <summary>Data format 0:2100.</summary>
    public const uint Tag = 2100;

    /// <summary>Speed of its processors.</summary>
    public readonly XdrUInt32 Megahertz;

    /// <summary>Processors in use.</summary>
    public readonly XdrUInt32 Processors;

    /// <summary>Bytes of memory.</summary>
    public readonly XdrUInt64 Memory;

    /// <summary>Bytes that are free.</summary>
    public readonly XdrUInt64 MemoryFree;

    /// <summary>Virtual machines.</summary>
    public readonly XdrUInt32 Domains;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out VirtualNode record) => FixedSize.TryRead(data, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("mhz"u8, Megahertz);
        visitor.Number("cpus"u8, Processors);
        visitor.Number("memory"u8, Memory);
        visitor.Number("memory_free"u8, MemoryFree);
        visitor.Number("num_domains"u8, Domains);
    }
}
