using SFlow.Internals;

namespace SFlow.FlowRecords;

/// <summary>Where in the code the packet was discarded (sFlow dropped packet structures, <c>extended_function</c>).</summary>
public readonly ref struct ExtendedFunction : IRecord<ExtendedFunction>
{
    /// <summary>Data format 0:1038.</summary>
    public const uint Tag = 1038;

    private ExtendedFunction(scoped ref XdrReader reader)
    {
        Symbol = reader.Opaque();
    }

    /// <summary>Name of the function, as bytes.</summary>
    public ReadOnlySpan<byte> Symbol { get; }

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out ExtendedFunction record)
    {
        XdrReader reader = new(data);
        record = new ExtendedFunction(ref reader);
        return reader.IsSound;
    }

    /// <inheritdoc/>
    static void IRecord<ExtendedFunction>.VisitPart<TVisitor>(ReadOnlySpan<byte> data, ref TVisitor visitor)
    {
        XdrReader reader = new(data);
        CutRecord.Visit(new ExtendedFunction(ref reader), reader.Fields, ref visitor);
    }

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Text("symbol"u8, Symbol);
    }
}
