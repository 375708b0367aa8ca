using SFlow.Internals;

namespace SFlow.FlowRecords;

/// <summary>The MPLS tunnel of the packet (sFlow version 5, <c>extended_mpls_tunnel</c>).</summary>
public readonly ref struct ExtendedMplsTunnel : IRecord<ExtendedMplsTunnel>
{
    /// <summary>Data format 0:1008.</summary>
    public const uint Tag = 1008;

    private ExtendedMplsTunnel(scoped ref XdrReader reader)
    {
        Name = reader.Opaque();
        Id = reader.UInt32();
        ClassOfService = reader.UInt32();
    }

    /// <summary>Name of the tunnel, as bytes.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>Number of the tunnel.</summary>
    public uint Id { get; }

    /// <summary>Class of service.</summary>
    public uint ClassOfService { get; }

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out ExtendedMplsTunnel record)
    {
        XdrReader reader = new(data);
        record = new ExtendedMplsTunnel(ref reader);
        return reader.IsSound;
    }

    /// <inheritdoc/>
    static void IRecord<ExtendedMplsTunnel>.VisitPart<TVisitor>(ReadOnlySpan<byte> data, ref TVisitor visitor)
    {
        XdrReader reader = new(data);
        CutRecord.Visit(new ExtendedMplsTunnel(ref reader), reader.Fields, ref visitor);
    }

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Text("tunnel_lsp_name"u8, Name);
        visitor.Number("tunnel_id"u8, Id);
        visitor.Number("tunnel_cos"u8, ClassOfService);
    }
}
