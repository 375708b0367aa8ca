using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.CounterRecords;

/// <summary>What a virtual machine or container runs in (sFlow host structures, <c>host_parent</c>), as a data source.</summary>
public readonly struct HostParent : IRecord<HostParent>
{
    /// <summary>Data format 0:2002.</summary>
    public const uint Tag = 2002;

    /// <summary>Type of the data source; 2 is a physical entity.</summary>
    public readonly XdrUInt32 ContainerType;

    /// <summary>Index of the data source.</summary>
    public readonly XdrUInt32 ContainerIndex;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out HostParent record) => FixedSize.TryRead(data, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("container_type"u8, ContainerType);
        visitor.Number("container_index"u8, ContainerIndex);
    }
}
