using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.FlowRecords;

/// <summary>Time in the switch (sFlow transit delay structures, <c>extended_transit</c>).</summary>
public readonly struct ExtendedTransit : IRecord<ExtendedTransit>
{
    /// <summary>Data format 0:1039.</summary>
    public const uint Tag = 1039;

    /// <summary>Nanoseconds from arrival to departure; all ones is unknown or longer.</summary>
    public readonly XdrUInt32 Delay;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out ExtendedTransit record) => FixedSize.TryRead(data, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("delay"u8, Delay);
    }
}
