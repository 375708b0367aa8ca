using SFlow.Internals;

namespace SFlow.FlowRecords;

/// <summary>The MPLS virtual circuit of the packet (sFlow version 5, <c>extended_mpls_vc</c>).</summary>
public readonly ref struct ExtendedMplsVc : IRecord<ExtendedMplsVc>
{
    /// <summary>Data format 0:1009.</summary>
    public const uint Tag = 1009;

    private ExtendedMplsVc(scoped ref XdrReader reader)
    {
        Name = reader.Opaque();
        Id = reader.UInt32();
        ClassOfService = reader.UInt32();
    }

    /// <summary>Name of the VPN or circuit, as bytes.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>Number of the circuit.</summary>
    public uint Id { get; }

    /// <summary>Class of service of its label.</summary>
    public uint ClassOfService { get; }

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out ExtendedMplsVc record)
    {
        XdrReader reader = new(data);
        record = new ExtendedMplsVc(ref reader);
        return reader.IsSound;
    }

    /// <inheritdoc/>
    static void IRecord<ExtendedMplsVc>.VisitPart<TVisitor>(ReadOnlySpan<byte> data, ref TVisitor visitor)
    {
        XdrReader reader = new(data);
        CutRecord.Visit(new ExtendedMplsVc(ref reader), reader.Fields, ref visitor);
    }

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Text("vc_instance_name"u8, Name);
        visitor.Number("vll_vc_id"u8, Id);
        visitor.Number("vc_label_cos"u8, ClassOfService);
    }
}
