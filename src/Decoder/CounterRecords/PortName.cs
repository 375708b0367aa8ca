using SFlow.Internals;

namespace SFlow.CounterRecords;

/// <summary>Name of the port whose counters stand beside it (sFlow OpenFlow structures, <c>port_name</c>).</summary>
public readonly ref struct PortName : IRecord<PortName>
{
    /// <summary>Data format 0:1005.</summary>
    public const uint Tag = 1005;

    private PortName(scoped ref XdrReader reader)
    {
        Name = reader.Opaque();
    }

    /// <summary>The name's bytes, as the agent gave them: not checked to be UTF-8, nor to be printable.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out PortName record)
    {
        XdrReader reader = new(data);
        record = new PortName(ref reader);
        return reader.IsSound;
    }

    /// <inheritdoc/>
    static void IRecord<PortName>.VisitPart<TVisitor>(ReadOnlySpan<byte> data, ref TVisitor visitor)
    {
        XdrReader reader = new(data);
        CutRecord.Visit(new PortName(ref reader), reader.Fields, ref visitor);
    }

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Text("port_name"u8, Name);
    }
}
