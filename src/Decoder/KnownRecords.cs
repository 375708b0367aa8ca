namespace SFlow;

/// <summary>
/// All records whose fields are known here, to be read without a case for each: a visitor gets every field by name. The same number
/// means different things in flow and in counter samples.
/// </summary>
public static partial class KnownRecords
{
    private static RecordStatus Visit<TRecord, TVisitor>(in Structure structure, ref TVisitor visitor)
        where TRecord : IRecord<TRecord>, allows ref struct
        where TVisitor : IFieldVisitor, allows ref struct
    {
        if (!TRecord.TryRead(structure.Data, out TRecord record))
        {
            TRecord.VisitPart(structure.Data, ref visitor);
            return RecordStatus.Malformed;
        }
        record.Visit(ref visitor);
        return RecordStatus.Ok;
    }
}
