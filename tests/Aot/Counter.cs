namespace SFlow.Aot;

/// <summary>Counts fields.</summary>
internal struct Counter : IFieldVisitor
{
    public long Fields { get; private set; }

    public void Number(ReadOnlySpan<byte> name, ulong value) => Fields++;
    public void Signed(ReadOnlySpan<byte> name, int value) => Fields++;
    public void Real(ReadOnlySpan<byte> name, float value) => Fields++;
    public void Identifier(ReadOnlySpan<byte> name, ulong value) => Fields++;
    public void Text(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => Fields++;
    public void Bytes(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => Fields++;
    public void Address(ReadOnlySpan<byte> name, Address value) => Fields++;
    public void Mac(ReadOnlySpan<byte> name, ulong value) => Fields++;
    public void BeginList(ReadOnlySpan<byte> name) => Fields++;
    public void EndList() => Fields++;
    public void BeginGroup() => Fields++;
    public void EndGroup() => Fields++;
}
