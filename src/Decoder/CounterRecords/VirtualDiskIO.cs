using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.CounterRecords;

/// <summary>Disks of a virtual machine or container (sFlow host structures, <c>virt_disk_io</c>). Unknown counters are all ones.</summary>
public readonly struct VirtualDiskIO : IRecord<VirtualDiskIO>
{
    /// <summary>Data format 0:2103.</summary>
    public const uint Tag = 2103;

    /// <summary>Logical bytes.</summary>
    public readonly XdrUInt64 Capacity;

    /// <summary>Bytes allocated.</summary>
    public readonly XdrUInt64 Allocation;

    /// <summary>Bytes of the container's file.</summary>
    public readonly XdrUInt64 Physical;

    /// <summary>Reads.</summary>
    public readonly XdrUInt32 ReadRequests;

    /// <summary>Bytes read.</summary>
    public readonly XdrUInt64 BytesRead;

    /// <summary>Writes.</summary>
    public readonly XdrUInt32 WriteRequests;

    /// <summary>Bytes written.</summary>
    public readonly XdrUInt64 BytesWritten;

    /// <summary>Errors of reading and writing.</summary>
    public readonly XdrUInt32 Errors;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out VirtualDiskIO record) => FixedSize.TryRead(data, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("capacity"u8, Capacity);
        visitor.Number("allocation"u8, Allocation);
        visitor.Number("physical"u8, Physical);
        visitor.Number("rd_req"u8, ReadRequests);
        visitor.Number("rd_bytes"u8, BytesRead);
        visitor.Number("wr_req"u8, WriteRequests);
        visitor.Number("wr_bytes"u8, BytesWritten);
        visitor.Number("errs"u8, Errors);
    }
}
