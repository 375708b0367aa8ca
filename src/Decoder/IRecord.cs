namespace SFlow;

/// <summary>
/// A record whose fields are known here. One of fixed size is a plain value whose fields lie as in the specification; one of variable
/// size is a view of the datagram's bytes.
/// </summary>
/// <typeparam name="TSelf">The record itself.</typeparam>
public interface IRecord<TSelf>
    where TSelf : IRecord<TSelf>, allows ref struct
{
    /// <summary>Reads the record; false when a part of it is not there. Bytes that a later version may have added at its end are allowed.</summary>
    /// <param name="data">The record's bytes, see <see cref="Structure.Data"/>.</param>
    /// <param name="record">To be used only when the result is true.</param>
    static abstract bool TryRead(ReadOnlySpan<byte> data, out TSelf record);

    /// <summary>Names every field and its value, in the order of the specification.</summary>
    void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct;

    /// <summary>Names the fields whose bytes are all there, of a truncated record that <see cref="TryRead"/> refuses.</summary>
    static virtual void VisitPart<TVisitor>(ReadOnlySpan<byte> data, ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct => Internals.CutRecord.VisitPadded<TSelf, TVisitor>(data, ref visitor);
}
