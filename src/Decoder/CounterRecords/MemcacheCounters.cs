using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.CounterRecords;

/// <summary>A memcached server (sFlow memcache structures, <c>memcache_counters</c>). Unknown counters are all ones.</summary>
public readonly struct MemcacheCounters : IRecord<MemcacheCounters>
{
    /// <summary>Data format 0:2204.</summary>
    public const uint Tag = 2204;

    /// <summary>Set commands.</summary>
    public readonly XdrUInt32 Sets;

    /// <summary>Touch commands.</summary>
    public readonly XdrUInt32 Touches;

    /// <summary>Flush commands.</summary>
    public readonly XdrUInt32 Flushes;

    /// <summary>Gets that found the key.</summary>
    public readonly XdrUInt32 GetHits;

    /// <summary>Gets that did not.</summary>
    public readonly XdrUInt32 GetMisses;

    /// <summary>Deletes that found the key.</summary>
    public readonly XdrUInt32 DeleteHits;

    /// <summary>Deletes that did not.</summary>
    public readonly XdrUInt32 DeleteMisses;

    /// <summary>Increments that found the key.</summary>
    public readonly XdrUInt32 IncrementHits;

    /// <summary>Increments that did not.</summary>
    public readonly XdrUInt32 IncrementMisses;

    /// <summary>Decrements that found the key.</summary>
    public readonly XdrUInt32 DecrementHits;

    /// <summary>Decrements that did not.</summary>
    public readonly XdrUInt32 DecrementMisses;

    /// <summary>Compare-and-swaps that found the key.</summary>
    public readonly XdrUInt32 CompareHits;

    /// <summary>Compare-and-swaps that did not.</summary>
    public readonly XdrUInt32 CompareMisses;

    /// <summary>Compare-and-swaps of an outdated value.</summary>
    public readonly XdrUInt32 CompareBadValues;

    /// <summary>Authentications.</summary>
    public readonly XdrUInt32 AuthenticationCommands;

    /// <summary>Authentications that failed.</summary>
    public readonly XdrUInt32 AuthenticationErrors;

    /// <summary>Worker threads.</summary>
    public readonly XdrUInt32 Threads;

    /// <summary>Times that a connection had to wait for others.</summary>
    public readonly XdrUInt32 Yields;

    /// <summary>Times that the limit of connections was hit.</summary>
    public readonly XdrUInt32 ListenDisabled;

    /// <summary>Connections now.</summary>
    public readonly XdrUInt32 Connections;

    /// <summary>Connections refused.</summary>
    public readonly XdrUInt32 RejectedConnections;

    /// <summary>Connections ever.</summary>
    public readonly XdrUInt32 TotalConnections;

    /// <summary>Structures for connections.</summary>
    public readonly XdrUInt32 ConnectionStructures;

    /// <summary>Items removed for room.</summary>
    public readonly XdrUInt32 Evictions;

    /// <summary>Items stored in the room of expired ones.</summary>
    public readonly XdrUInt32 Reclaimed;

    /// <summary>Items stored.</summary>
    public readonly XdrUInt32 Items;

    /// <summary>Items ever stored.</summary>
    public readonly XdrUInt32 TotalItems;

    /// <summary>Bytes received.</summary>
    public readonly XdrUInt64 BytesRead;

    /// <summary>Bytes sent.</summary>
    public readonly XdrUInt64 BytesWritten;

    /// <summary>Bytes stored.</summary>
    public readonly XdrUInt64 Bytes;

    /// <summary>Bytes of storage allowed.</summary>
    public readonly XdrUInt64 MaximumBytes;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out MemcacheCounters record) => FixedSize.TryRead(data, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("cmd_set"u8, Sets);
        visitor.Number("cmd_touch"u8, Touches);
        visitor.Number("cmd_flush"u8, Flushes);
        visitor.Number("get_hits"u8, GetHits);
        visitor.Number("get_misses"u8, GetMisses);
        visitor.Number("delete_hits"u8, DeleteHits);
        visitor.Number("delete_misses"u8, DeleteMisses);
        visitor.Number("incr_hits"u8, IncrementHits);
        visitor.Number("incr_misses"u8, IncrementMisses);
        visitor.Number("decr_hits"u8, DecrementHits);
        visitor.Number("decr_misses"u8, DecrementMisses);
        visitor.Number("cas_hits"u8, CompareHits);
        visitor.Number("cas_misses"u8, CompareMisses);
        visitor.Number("cas_badval"u8, CompareBadValues);
        visitor.Number("auth_cmds"u8, AuthenticationCommands);
        visitor.Number("auth_errors"u8, AuthenticationErrors);
        visitor.Number("threads"u8, Threads);
        visitor.Number("conn_yields"u8, Yields);
        visitor.Number("listen_disabled_num"u8, ListenDisabled);
        visitor.Number("curr_connections"u8, Connections);
        visitor.Number("rejected_connections"u8, RejectedConnections);
        visitor.Number("total_connections"u8, TotalConnections);
        visitor.Number("connection_structures"u8, ConnectionStructures);
        visitor.Number("evictions"u8, Evictions);
        visitor.Number("reclaimed"u8, Reclaimed);
        visitor.Number("curr_items"u8, Items);
        visitor.Number("total_items"u8, TotalItems);
        visitor.Number("bytes_read"u8, BytesRead);
        visitor.Number("bytes_written"u8, BytesWritten);
        visitor.Number("bytes"u8, Bytes);
        visitor.Number("limit_maxbytes"u8, MaximumBytes);
    }
}
