namespace SFlow.Exporter.Pipeline.Fields;

internal enum FieldKind : byte { None, Text, Number, Boolean }

/// <summary>Value of one field of an answer: a text, a number, a truth, or nothing.</summary>
internal readonly record struct FieldValue(FieldKind Kind, string? Text, long Number)
{
    public static implicit operator FieldValue(string? text) => text is null ? default : new(FieldKind.Text, CleanText.Of(text), 0);

    public static implicit operator FieldValue(long number) => new(FieldKind.Number, null, number);

    public static implicit operator FieldValue(bool truth) => new(FieldKind.Boolean, null, truth ? 1 : 0);
}
