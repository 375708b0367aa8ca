using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.CounterRecords;

/// <summary>The OpenFlow port whose counters stand beside it (sFlow OpenFlow structures, <c>of_port</c>).</summary>
public readonly struct OpenFlowPort : IRecord<OpenFlowPort>
{
    /// <summary>Data format 0:1004.</summary>
    public const uint Tag = 1004;

    /// <summary>OpenFlow datapath.</summary>
    public readonly XdrUInt64 DatapathId;

    /// <summary>OpenFlow port number.</summary>
    public readonly XdrUInt32 Port;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out OpenFlowPort record) => FixedSize.TryRead(data, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Identifier("datapath_id"u8, DatapathId);
        visitor.Number("port"u8, Port);
    }
}
