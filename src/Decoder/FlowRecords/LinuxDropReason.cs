using SFlow.Internals;

namespace SFlow.FlowRecords;

/// <summary>Why Linux discarded the packet (sFlow dropped packet structures, <c>extended_linux_drop_reason</c>).</summary>
public readonly ref struct LinuxDropReason
{
    /// <summary>Data format 0:1042.</summary>
    public const uint Tag = 1042;

    /// <summary>The kernel's name of the reason, as bytes.</summary>
    public ReadOnlySpan<byte> Reason { get; private init; }

    /// <summary>Reads the record; false when one of its parts is not there.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out LinuxDropReason record)
    {
        record = default;
        XdrReader reader = new(data);
        if (!reader.TryReadOpaque(out ReadOnlySpan<byte> reason)) return false;
        record = new LinuxDropReason
        {
            Reason = reason,
        };
        return true;
    }
}
