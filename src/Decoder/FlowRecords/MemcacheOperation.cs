using SFlow.Internals;

namespace SFlow.FlowRecords;

/// <summary>One operation of a memcached server (sFlow memcache structures, <c>memcache_operation</c>).</summary>
public readonly ref struct MemcacheOperation : IRecord<MemcacheOperation>
{
    /// <summary>Data format 0:2200.</summary>
    public const uint Tag = 2200;

    private MemcacheOperation(scoped ref XdrReader reader)
    {
        Protocol = reader.UInt32();
        Command = reader.UInt32();
        Key = reader.Opaque();
        Keys = reader.UInt32();
        ValueBytes = reader.UInt32();
        Duration = reader.UInt32();
        Status = reader.UInt32();
    }

    /// <summary>0 other, 1 ASCII, 2 binary.</summary>
    public uint Protocol { get; }

    /// <summary>Number of the command; 0 other.</summary>
    public uint Command { get; }

    /// <summary>First key, as bytes.</summary>
    public ReadOnlySpan<byte> Key { get; }

    /// <summary>Number of keys.</summary>
    public uint Keys { get; }

    /// <summary>Bytes of the values.</summary>
    public uint ValueBytes { get; }

    /// <summary>Microseconds.</summary>
    public uint Duration { get; }

    /// <summary>Number of the outcome; 0 unknown.</summary>
    public uint Status { get; }

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out MemcacheOperation record)
    {
        XdrReader reader = new(data);
        record = new MemcacheOperation(ref reader);
        return reader.IsSound;
    }

    /// <inheritdoc/>
    static void IRecord<MemcacheOperation>.VisitPart<TVisitor>(ReadOnlySpan<byte> data, ref TVisitor visitor)
    {
        XdrReader reader = new(data);
        CutRecord.Visit(new MemcacheOperation(ref reader), reader.Fields, ref visitor);
    }

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("protocol"u8, Protocol);
        visitor.Number("cmd"u8, Command);
        visitor.Text("key"u8, Key);
        visitor.Number("nkeys"u8, Keys);
        visitor.Number("value_bytes"u8, ValueBytes);
        visitor.Number("duration_us"u8, Duration);
        visitor.Number("status"u8, Status);
    }
}
