using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.CounterRecords;

/// <summary>Resources of a process (sFlow application structures, <c>app_resources</c>). Unknown values are all ones.</summary>
public readonly struct ApplicationResources : IRecord<ApplicationResources>
{
    /// <summary>Data format 0:2203.</summary>
    public const uint Tag = 2203;

    /// <summary>Milliseconds of CPU in user mode.</summary>
    public readonly XdrUInt32 UserTime;

    /// <summary>Milliseconds of CPU in the kernel.</summary>
    public readonly XdrUInt32 SystemTime;

    /// <summary>Bytes of memory used.</summary>
    public readonly XdrUInt64 MemoryUsed;

    /// <summary>Bytes of memory allowed.</summary>
    public readonly XdrUInt64 MemoryMaximum;

    /// <summary>Open files.</summary>
    public readonly XdrUInt32 FilesOpen;

    /// <summary>Open files allowed.</summary>
    public readonly XdrUInt32 FilesMaximum;

    /// <summary>Open connections.</summary>
    public readonly XdrUInt32 ConnectionsOpen;

    /// <summary>Open connections allowed.</summary>
    public readonly XdrUInt32 ConnectionsMaximum;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out ApplicationResources record) => FixedSize.TryRead(data, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("user_time"u8, UserTime);
        visitor.Number("system_time"u8, SystemTime);
        visitor.Number("memory_used"u8, MemoryUsed);
        visitor.Number("memory_max"u8, MemoryMaximum);
        visitor.Number("files_open"u8, FilesOpen);
        visitor.Number("files_max"u8, FilesMaximum);
        visitor.Number("connections_open"u8, ConnectionsOpen);
        visitor.Number("connections_max"u8, ConnectionsMaximum);
    }
}
