using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.CounterRecords;

/// <summary>Memory of a host (sFlow host structures, <c>host_memory</c>). Unknown values are all ones.</summary>
public readonly struct HostMemory : IRecord<HostMemory>
{
    /// <summary>Data format 0:2004.</summary>
    public const uint Tag = 2004;

    /// <summary>Bytes of memory.</summary>
    public readonly XdrUInt64 Total;

    /// <summary>Bytes that are free.</summary>
    public readonly XdrUInt64 Free;

    /// <summary>Bytes that are shared.</summary>
    public readonly XdrUInt64 Shared;

    /// <summary>Bytes of buffers.</summary>
    public readonly XdrUInt64 Buffers;

    /// <summary>Bytes of cached files.</summary>
    public readonly XdrUInt64 Cached;

    /// <summary>Bytes of swap.</summary>
    public readonly XdrUInt64 SwapTotal;

    /// <summary>Bytes of swap that are free.</summary>
    public readonly XdrUInt64 SwapFree;

    /// <summary>Pages read since boot.</summary>
    public readonly XdrUInt32 PagesIn;

    /// <summary>Pages written since boot.</summary>
    public readonly XdrUInt32 PagesOut;

    /// <summary>Pages read from swap since boot.</summary>
    public readonly XdrUInt32 SwappedIn;

    /// <summary>Pages written to swap since boot.</summary>
    public readonly XdrUInt32 SwappedOut;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out HostMemory record) => FixedSize.TryRead(data, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("mem_total"u8, Total);
        visitor.Number("mem_free"u8, Free);
        visitor.Number("mem_shared"u8, Shared);
        visitor.Number("mem_buffers"u8, Buffers);
        visitor.Number("mem_cached"u8, Cached);
        visitor.Number("swap_total"u8, SwapTotal);
        visitor.Number("swap_free"u8, SwapFree);
        visitor.Number("page_in"u8, PagesIn);
        visitor.Number("page_out"u8, PagesOut);
        visitor.Number("swap_in"u8, SwappedIn);
        visitor.Number("swap_out"u8, SwappedOut);
    }
}
