using SFlow.Internals;

namespace SFlow.FlowRecords;

/// <summary>The access list that decided about the packet (sFlow dropped packet structures, <c>extended_acl</c>).</summary>
public readonly ref struct ExtendedAcl : IRecord<ExtendedAcl>
{
    /// <summary>Data format 0:1037.</summary>
    public const uint Tag = 1037;

    private ExtendedAcl(scoped ref XdrReader reader)
    {
        Number = reader.UInt32();
        Name = reader.Opaque();
        Direction = reader.UInt32();
    }

    /// <summary>Number of the list; 0 unknown.</summary>
    public uint Number { get; }

    /// <summary>Name of the list, as bytes; empty is unknown.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>0 unknown, 1 ingress, 2 egress.</summary>
    public uint Direction { get; }

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out ExtendedAcl record)
    {
        XdrReader reader = new(data);
        record = new ExtendedAcl(ref reader);
        return reader.IsSound;
    }

    /// <inheritdoc/>
    static void IRecord<ExtendedAcl>.VisitPart<TVisitor>(ReadOnlySpan<byte> data, ref TVisitor visitor)
    {
        XdrReader reader = new(data);
        CutRecord.Visit(new ExtendedAcl(ref reader), reader.Fields, ref visitor);
    }

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("number"u8, Number);
        visitor.Text("name"u8, Name);
        visitor.Number("direction"u8, Direction);
    }
}
