using SFlow.Internals;

namespace SFlow.FlowRecords;

/// <summary>Why Linux discarded the packet (sFlow dropped packet structures, <c>extended_linux_drop_reason</c>).</summary>
public readonly ref struct LinuxDropReason : IRecord<LinuxDropReason>
{
    /// <summary>Data format 0:1042.</summary>
    public const uint Tag = 1042;

    private LinuxDropReason(scoped ref XdrReader reader)
    {
        Reason = reader.Opaque();
    }

    /// <summary>The kernel's name of the reason, as bytes.</summary>
    public ReadOnlySpan<byte> Reason { get; }

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out LinuxDropReason record)
    {
        XdrReader reader = new(data);
        record = new LinuxDropReason(ref reader);
        return reader.IsSound;
    }

    /// <inheritdoc/>
    static void IRecord<LinuxDropReason>.VisitPart<TVisitor>(ReadOnlySpan<byte> data, ref TVisitor visitor)
    {
        XdrReader reader = new(data);
        CutRecord.Visit(new LinuxDropReason(ref reader), reader.Fields, ref visitor);
    }

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Text("linux_drop_reason"u8, Reason);
    }
}
