using SFlow.Internals;

namespace SFlow.FlowRecords;

/// <summary>The trap by which a switch reported the discarded packet (sFlow dropped packet structures, <c>extended_hw_trap</c>, after Linux devlink).</summary>
public readonly ref struct ExtendedHardwareTrap : IRecord<ExtendedHardwareTrap>
{
    /// <summary>Data format 0:1041.</summary>
    public const uint Tag = 1041;

    private ExtendedHardwareTrap(scoped ref XdrReader reader)
    {
        Group = reader.Opaque();
        Trap = reader.Opaque();
    }

    /// <summary>Group of traps, as bytes.</summary>
    public ReadOnlySpan<byte> Group { get; }

    /// <summary>The trap, as bytes.</summary>
    public ReadOnlySpan<byte> Trap { get; }

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out ExtendedHardwareTrap record)
    {
        XdrReader reader = new(data);
        record = new ExtendedHardwareTrap(ref reader);
        return reader.IsSound;
    }

    /// <inheritdoc/>
    static void IRecord<ExtendedHardwareTrap>.VisitPart<TVisitor>(ReadOnlySpan<byte> data, ref TVisitor visitor)
    {
        XdrReader reader = new(data);
        CutRecord.Visit(new ExtendedHardwareTrap(ref reader), reader.Fields, ref visitor);
    }

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Text("group"u8, Group);
        visitor.Text("trap"u8, Trap);
    }
}
