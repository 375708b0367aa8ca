using SFlow.Internals;

namespace SFlow.FlowRecords;

/// <summary>VLAN tags that the agent took off (sFlow version 5, <c>extended_vlantunnel</c>).</summary>
public readonly ref struct ExtendedVlanTunnel : IRecord<ExtendedVlanTunnel>
{
    /// <summary>Data format 0:1012.</summary>
    public const uint Tag = 1012;

    private ExtendedVlanTunnel(scoped ref XdrReader reader)
    {
        Tags = reader.Words();
    }

    /// <summary>TPID and TCI of each tag in one word, outer first.</summary>
    public WordList Tags { get; }

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out ExtendedVlanTunnel record)
    {
        XdrReader reader = new(data);
        record = new ExtendedVlanTunnel(ref reader);
        return reader.IsSound;
    }

    /// <inheritdoc/>
    static void IRecord<ExtendedVlanTunnel>.VisitPart<TVisitor>(ReadOnlySpan<byte> data, ref TVisitor visitor)
    {
        XdrReader reader = new(data);
        CutRecord.Visit(new ExtendedVlanTunnel(ref reader), reader.Fields, ref visitor);
    }

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        Tags.Visit("stack"u8, ref visitor);
    }
}
