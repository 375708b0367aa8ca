using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.CounterRecords;

/// <summary>Disks of a host (sFlow host structures, <c>host_disk_io</c>). Unknown values are all ones.</summary>
public readonly struct HostDiskIO : IRecord<HostDiskIO>
{
    /// <summary>Data format 0:2005.</summary>
    public const uint Tag = 2005;

    /// <summary>Bytes of all disks.</summary>
    public readonly XdrUInt64 Total;

    /// <summary>Bytes that are free.</summary>
    public readonly XdrUInt64 Free;

    /// <summary>Use of the fullest partition, in hundredths of a percent; all ones (-1) is unknown.</summary>
    public readonly XdrUInt32 MaximumUsed;

    /// <summary>Reads since boot.</summary>
    public readonly XdrUInt32 Reads;

    /// <summary>Bytes read since boot.</summary>
    public readonly XdrUInt64 BytesRead;

    /// <summary>Milliseconds of reading since boot.</summary>
    public readonly XdrUInt32 ReadTime;

    /// <summary>Writes since boot.</summary>
    public readonly XdrUInt32 Writes;

    /// <summary>Bytes written since boot.</summary>
    public readonly XdrUInt64 BytesWritten;

    /// <summary>Milliseconds of writing since boot.</summary>
    public readonly XdrUInt32 WriteTime;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out HostDiskIO record) => FixedSize.TryRead(data, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("disk_total"u8, Total);
        visitor.Number("disk_free"u8, Free);
        visitor.Number("part_max_used"u8, MaximumUsed);
        visitor.Number("reads"u8, Reads);
        visitor.Number("bytes_read"u8, BytesRead);
        visitor.Number("read_time"u8, ReadTime);
        visitor.Number("writes"u8, Writes);
        visitor.Number("bytes_written"u8, BytesWritten);
        visitor.Number("write_time"u8, WriteTime);
    }
}
