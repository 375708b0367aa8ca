namespace SFlow.Decoder.Tests;

/// <summary>Folds every field of a record into one number, and counts the fields.</summary>
internal struct FoldingVisitor : IFieldVisitor
{
    public ulong Fold { get; set; }

    public long Fields { get; private set; }

    public void Number(ReadOnlySpan<byte> name, ulong value) => Add(name, value);

    public void Signed(ReadOnlySpan<byte> name, int value) => Add(name, (ulong)value);

    public void Real(ReadOnlySpan<byte> name, float value) => Add(name, BitConverter.SingleToUInt32Bits(value));

    public void Identifier(ReadOnlySpan<byte> name, ulong value) => Add(name, value);

    public void Text(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => Add(name, Sum(value));

    public void Bytes(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => Add(name, Sum(value));

    public void Address(ReadOnlySpan<byte> name, Address value) => Add(name, value.High ^ value.Low * 3);

    public void Mac(ReadOnlySpan<byte> name, ulong value) => Add(name, value);

    public void BeginList(ReadOnlySpan<byte> name) => Add(name, 1);

    public void EndList() => Add(default, 2);

    public void BeginGroup() => Add(default, 3);

    public void EndGroup() => Add(default, 4);

    public static ulong Sum(ReadOnlySpan<byte> bytes)
    {
        ulong sum = 0;
        foreach (byte value in bytes) sum = sum * 31 + value;
        return sum;
    }

    private void Add(ReadOnlySpan<byte> name, ulong value)
    {
        Fields++;
        Fold = Everything.Fold(Fold, (ulong)name.Length, value);
    }
}
