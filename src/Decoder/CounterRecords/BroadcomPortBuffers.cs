using SFlow.Internals;

namespace SFlow.CounterRecords;

/// <summary>Peak use of a port's buffers (sFlow Broadcom peak buffer structures, <c>bst_port_buffers</c>), in hundredths of a percent; all ones (-1) is unknown.</summary>
public readonly ref struct BroadcomPortBuffers : IRecord<BroadcomPortBuffers>
{
    /// <summary>Data format 4413:2.</summary>
    public const uint Tag = 4413 << 12 | 2;

    private BroadcomPortBuffers(scoped ref XdrReader reader)
    {
        IngressUnicast = reader.UInt32();
        IngressMulticast = reader.UInt32();
        EgressUnicast = reader.UInt32();
        EgressMulticast = reader.UInt32();
        EgressQueuesUnicast = reader.Words();
        EgressQueuesMulticast = reader.Words();
    }

    /// <summary>Buffers of unicast packets that came.</summary>
    public uint IngressUnicast { get; }

    /// <summary>Buffers of multicast packets that came.</summary>
    public uint IngressMulticast { get; }

    /// <summary>Buffers of unicast packets to leave.</summary>
    public uint EgressUnicast { get; }

    /// <summary>Buffers of multicast packets to leave.</summary>
    public uint EgressMulticast { get; }

    /// <summary>The same by queue, unicast.</summary>
    public WordList EgressQueuesUnicast { get; }

    /// <summary>The same by queue, multicast.</summary>
    public WordList EgressQueuesMulticast { get; }

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out BroadcomPortBuffers record)
    {
        XdrReader reader = new(data);
        record = new BroadcomPortBuffers(ref reader);
        return reader.IsSound;
    }

    /// <inheritdoc/>
    static void IRecord<BroadcomPortBuffers>.VisitPart<TVisitor>(ReadOnlySpan<byte> data, ref TVisitor visitor)
    {
        XdrReader reader = new(data);
        CutRecord.Visit(new BroadcomPortBuffers(ref reader), reader.Fields, ref visitor);
    }

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("ingress_uc_pc"u8, IngressUnicast);
        visitor.Number("ingress_mc_pc"u8, IngressMulticast);
        visitor.Number("egress_uc_pc"u8, EgressUnicast);
        visitor.Number("egress_mc_pc"u8, EgressMulticast);
        EgressQueuesUnicast.Visit("egress_queue_uc_pc"u8, ref visitor);
        EgressQueuesMulticast.Visit("egress_queue_mc_pc"u8, ref visitor);
    }
}
