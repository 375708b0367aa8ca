using SFlow.Internals;

namespace SFlow.FlowRecords;

/// <summary>Who takes part in an operation (sFlow application structures, <c>app_initiator</c> and <c>app_target</c>).</summary>
public readonly ref struct ApplicationActor : IRecord<ApplicationActor>
{
    /// <summary>Data format 0:2204: <c>app_initiator</c>, who asked.</summary>
    public const uint InitiatorTag = 2204;

    /// <summary>Data format 0:2205: <c>app_target</c>, who was asked.</summary>
    public const uint TargetTag = 2205;

    private ApplicationActor(scoped ref XdrReader reader)
    {
        Actor = reader.Opaque();
    }

    /// <summary>Name of the actor, as bytes.</summary>
    public ReadOnlySpan<byte> Actor { get; }

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out ApplicationActor record)
    {
        XdrReader reader = new(data);
        record = new ApplicationActor(ref reader);
        return reader.IsSound;
    }

    /// <inheritdoc/>
    static void IRecord<ApplicationActor>.VisitPart<TVisitor>(ReadOnlySpan<byte> data, ref TVisitor visitor)
    {
        XdrReader reader = new(data);
        CutRecord.Visit(new ApplicationActor(ref reader), reader.Fields, ref visitor);
    }

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Text("actor"u8, Actor);
    }
}
