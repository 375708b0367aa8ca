namespace SFlow.Internals;

/// <summary>Hands on those fields of a record that have a bit, and leaves out the others; a list is one field.</summary>
internal ref struct ChosenFields<TVisitor>(TVisitor visitor, ulong fields) : IFieldVisitor
    where TVisitor : IFieldVisitor, allows ref struct
{
    private ulong rest = fields;
    private int lists;
    private bool isListChosen;

    public TVisitor Visitor = visitor;

    public void Number(ReadOnlySpan<byte> name, ulong value)
    {
        if (Next()) Visitor.Number(name, value);
    }

    public void Signed(ReadOnlySpan<byte> name, int value)
    {
        if (Next()) Visitor.Signed(name, value);
    }

    public void Real(ReadOnlySpan<byte> name, float value)
    {
        if (Next()) Visitor.Real(name, value);
    }

    public void Identifier(ReadOnlySpan<byte> name, ulong value)
    {
        if (Next()) Visitor.Identifier(name, value);
    }

    public void Text(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (Next()) Visitor.Text(name, value);
    }

    public void Bytes(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (Next()) Visitor.Bytes(name, value);
    }

    public void Address(ReadOnlySpan<byte> name, Address value)
    {
        if (Next()) Visitor.Address(name, value);
    }

    public void Mac(ReadOnlySpan<byte> name, ulong value)
    {
        if (Next()) Visitor.Mac(name, value);
    }

    public void BeginList(ReadOnlySpan<byte> name)
    {
        if (lists == 0) isListChosen = Next();
        lists++;
        if (isListChosen) Visitor.BeginList(name);
    }

    public void EndList()
    {
        if (isListChosen) Visitor.EndList();
        lists--;
    }

    public void BeginGroup()
    {
        if (isListChosen) Visitor.BeginGroup();
    }

    public void EndGroup()
    {
        if (isListChosen) Visitor.EndGroup();
    }

    /// <summary>Whether the next field is chosen; what is inside a list goes with it.</summary>
    private bool Next()
    {
        if (lists > 0) return isListChosen;
        bool chosen = (rest & 1) != 0;
        rest >>= 1;
        return chosen;
    }
}
