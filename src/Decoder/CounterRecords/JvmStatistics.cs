using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.CounterRecords;

/// <summary>A Java virtual machine (sFlow Java structures, <c>jvm_statistics</c>). Memory is in bytes, times are milliseconds; unknown values are all ones.</summary>
public readonly struct JvmStatistics : IRecord<JvmStatistics>
{
    /// <summary>Data format 0:2106.</summary>
    public const uint Tag = 2106;

    private const int ShortLength = 100;

    /// <summary>Heap asked for at the start.</summary>
    public readonly XdrUInt64 HeapInitial;

    /// <summary>Heap used.</summary>
    public readonly XdrUInt64 HeapUsed;

    /// <summary>Heap that is guaranteed.</summary>
    public readonly XdrUInt64 HeapCommitted;

    /// <summary>Heap allowed.</summary>
    public readonly XdrUInt64 HeapMaximum;

    /// <summary>Other memory asked for at the start.</summary>
    public readonly XdrUInt64 NonHeapInitial;

    /// <summary>Other memory used.</summary>
    public readonly XdrUInt64 NonHeapUsed;

    /// <summary>Other memory that is guaranteed.</summary>
    public readonly XdrUInt64 NonHeapCommitted;

    /// <summary>Other memory allowed.</summary>
    public readonly XdrUInt64 NonHeapMaximum;

    /// <summary>Garbage collections.</summary>
    public readonly XdrUInt32 Collections;

    /// <summary>Time of garbage collection.</summary>
    public readonly XdrUInt32 CollectionTime;

    /// <summary>Classes loaded now.</summary>
    public readonly XdrUInt32 ClassesLoaded;

    /// <summary>Classes ever loaded.</summary>
    public readonly XdrUInt32 ClassesTotal;

    /// <summary>Classes ever unloaded.</summary>
    public readonly XdrUInt32 ClassesUnloaded;

    /// <summary>Time of compilation.</summary>
    public readonly XdrUInt32 CompilationTime;

    /// <summary>Threads now.</summary>
    public readonly XdrUInt32 ThreadsLive;

    /// <summary>Daemon threads now.</summary>
    public readonly XdrUInt32 ThreadsDaemon;

    /// <summary>Threads ever started.</summary>
    public readonly XdrUInt32 ThreadsStarted;

    /// <summary>Open files; unknown in the short form of the record.</summary>
    public readonly XdrUInt32 FilesOpen;

    /// <summary>Open files allowed; unknown in the short form.</summary>
    public readonly XdrUInt32 FilesMaximum;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out JvmStatistics record) => FixedSize.TryRead(data, ShortLength, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("heap_initial"u8, HeapInitial);
        visitor.Number("heap_used"u8, HeapUsed);
        visitor.Number("heap_committed"u8, HeapCommitted);
        visitor.Number("heap_max"u8, HeapMaximum);
        visitor.Number("non_heap_initial"u8, NonHeapInitial);
        visitor.Number("non_heap_used"u8, NonHeapUsed);
        visitor.Number("non_heap_committed"u8, NonHeapCommitted);
        visitor.Number("non_heap_max"u8, NonHeapMaximum);
        visitor.Number("gc_count"u8, Collections);
        visitor.Number("gc_time"u8, CollectionTime);
        visitor.Number("classes_loaded"u8, ClassesLoaded);
        visitor.Number("classes_total"u8, ClassesTotal);
        visitor.Number("classes_unloaded"u8, ClassesUnloaded);
        visitor.Number("compilation_time"u8, CompilationTime);
        visitor.Number("thread_num_live"u8, ThreadsLive);
        visitor.Number("thread_num_daemon"u8, ThreadsDaemon);
        visitor.Number("thread_num_started"u8, ThreadsStarted);
        if ((FilesOpen & FilesMaximum) == uint.MaxValue) return;
        visitor.Number("fd_open_count"u8, FilesOpen);
        visitor.Number("fd_max_count"u8, FilesMaximum);
    }
}
