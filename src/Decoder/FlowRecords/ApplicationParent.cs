using SFlow.Internals;

namespace SFlow.FlowRecords;

/// <summary>The operation that the sampled one is part of (sFlow application structures, <c>app_parent_context</c>).</summary>
public readonly ref struct ApplicationParent : IRecord<ApplicationParent>
{
    /// <summary>Data format 0:2203.</summary>
    public const uint Tag = 2203;

    private ApplicationParent(scoped ref XdrReader reader)
    {
        Application = reader.Opaque();
        Operation = reader.Opaque();
        Attributes = reader.Opaque();
    }

    /// <summary>Application, as bytes.</summary>
    public ReadOnlySpan<byte> Application { get; }

    /// <summary>Operation, as bytes.</summary>
    public ReadOnlySpan<byte> Operation { get; }

    /// <summary>Attributes as name=value pairs joined by &amp;, as bytes.</summary>
    public ReadOnlySpan<byte> Attributes { get; }

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out ApplicationParent record)
    {
        XdrReader reader = new(data);
        record = new ApplicationParent(ref reader);
        return reader.IsSound;
    }

    /// <inheritdoc/>
    static void IRecord<ApplicationParent>.VisitPart<TVisitor>(ReadOnlySpan<byte> data, ref TVisitor visitor)
    {
        XdrReader reader = new(data);
        CutRecord.Visit(new ApplicationParent(ref reader), reader.Fields, ref visitor);
    }

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Text("application"u8, Application);
        visitor.Text("operation"u8, Operation);
        visitor.Text("attributes"u8, Attributes);
    }
}
