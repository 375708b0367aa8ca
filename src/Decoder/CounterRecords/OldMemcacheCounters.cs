using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.CounterRecords;

/// <summary>A memcached server in an earlier form of the record (<c>memcached_counters</c>, deprecated for 0:2204). Unknown counters are all ones.</summary>
public readonly struct OldMemcacheCounters : IRecord<OldMemcacheCounters>
{
    /// <summary>Data format 0:2200.</summary>
    public const uint Tag = 2200;

    /// <summary>Seconds since the start.</summary>
    public readonly XdrUInt32 Uptime;

    /// <summary>Processor time in user mode, in milliseconds.</summary>
    public readonly XdrUInt32 UserTime;

    /// <summary>Processor time in the kernel, in milliseconds.</summary>
    public readonly XdrUInt32 SystemTime;

    /// <summary>Connections now.</summary>
    public readonly XdrUInt32 Connections;

    /// <summary>Connections ever.</summary>
    public readonly XdrUInt32 TotalConnections;

    /// <summary>Structures for connections.</summary>
    public readonly XdrUInt32 ConnectionStructures;

    /// <summary>Get commands.</summary>
    public readonly XdrUInt32 Gets;

    /// <summary>Set commands.</summary>
    public readonly XdrUInt32 Sets;

    /// <summary>Flush commands.</summary>
    public readonly XdrUInt32 Flushes;

    /// <summary>Gets that found the key.</summary>
    public readonly XdrUInt32 GetHits;

    /// <summary>Gets that did not.</summary>
    public readonly XdrUInt32 GetMisses;

    /// <summary>Deletes that did not find the key.</summary>
    public readonly XdrUInt32 DeleteMisses;

    /// <summary>Deletes that did.</summary>
    public readonly XdrUInt32 DeleteHits;

    /// <summary>Increments that did not find the key.</summary>
    public readonly XdrUInt32 IncrementMisses;

    /// <summary>Increments that did.</summary>
    public readonly XdrUInt32 IncrementHits;

    /// <summary>Decrements that did not find the key.</summary>
    public readonly XdrUInt32 DecrementMisses;

    /// <summary>Decrements that did.</summary>
    public readonly XdrUInt32 DecrementHits;

    /// <summary>Compare-and-swaps that did not find the key.</summary>
    public readonly XdrUInt32 CompareMisses;

    /// <summary>Compare-and-swaps that did.</summary>
    public readonly XdrUInt32 CompareHits;

    /// <summary>Compare-and-swaps of an outdated value.</summary>
    public readonly XdrUInt32 CompareBadValues;

    /// <summary>Authentications.</summary>
    public readonly XdrUInt32 AuthenticationCommands;

    /// <summary>Authentications that failed.</summary>
    public readonly XdrUInt32 AuthenticationErrors;

    /// <summary>Bytes received.</summary>
    public readonly XdrUInt64 BytesRead;

    /// <summary>Bytes sent.</summary>
    public readonly XdrUInt64 BytesWritten;

    /// <summary>Bytes of storage allowed.</summary>
    public readonly XdrUInt32 MaximumBytes;

    /// <summary>1 while connections are accepted.</summary>
    public readonly XdrUInt32 AcceptingConnections;

    /// <summary>Times that the limit of connections was hit.</summary>
    public readonly XdrUInt32 ListenDisabled;

    /// <summary>Worker threads.</summary>
    public readonly XdrUInt32 Threads;

    /// <summary>Times that a connection had to wait for others.</summary>
    public readonly XdrUInt32 Yields;

    /// <summary>Bytes stored.</summary>
    public readonly XdrUInt64 Bytes;

    /// <summary>Items stored.</summary>
    public readonly XdrUInt32 Items;

    /// <summary>Items ever stored.</summary>
    public readonly XdrUInt32 TotalItems;

    /// <summary>Items removed for room.</summary>
    public readonly XdrUInt32 Evictions;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out OldMemcacheCounters record) => FixedSize.TryRead(data, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("uptime"u8, Uptime);
        visitor.Number("rusage_user"u8, UserTime);
        visitor.Number("rusage_system"u8, SystemTime);
        visitor.Number("curr_connections"u8, Connections);
        visitor.Number("total_connections"u8, TotalConnections);
        visitor.Number("connection_structures"u8, ConnectionStructures);
        visitor.Number("cmd_get"u8, Gets);
        visitor.Number("cmd_set"u8, Sets);
        visitor.Number("cmd_flush"u8, Flushes);
        visitor.Number("get_hits"u8, GetHits);
        visitor.Number("get_misses"u8, GetMisses);
        visitor.Number("delete_misses"u8, DeleteMisses);
        visitor.Number("delete_hits"u8, DeleteHits);
        visitor.Number("incr_misses"u8, IncrementMisses);
        visitor.Number("incr_hits"u8, IncrementHits);
        visitor.Number("decr_misses"u8, DecrementMisses);
        visitor.Number("decr_hits"u8, DecrementHits);
        visitor.Number("cas_misses"u8, CompareMisses);
        visitor.Number("cas_hits"u8, CompareHits);
        visitor.Number("cas_badval"u8, CompareBadValues);
        visitor.Number("auth_cmds"u8, AuthenticationCommands);
        visitor.Number("auth_errors"u8, AuthenticationErrors);
        visitor.Number("bytes_read"u8, BytesRead);
        visitor.Number("bytes_written"u8, BytesWritten);
        visitor.Number("limit_maxbytes"u8, MaximumBytes);
        visitor.Number("accepting_conns"u8, AcceptingConnections);
        visitor.Number("listen_disabled_num"u8, ListenDisabled);
        visitor.Number("threads"u8, Threads);
        visitor.Number("conn_yields"u8, Yields);
        visitor.Number("bytes"u8, Bytes);
        visitor.Number("curr_items"u8, Items);
        visitor.Number("total_items"u8, TotalItems);
        visitor.Number("evictions"u8, Evictions);
    }
}
