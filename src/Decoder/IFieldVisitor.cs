namespace SFlow;

/// <summary>
/// Takes the fields of a record one after the other, so that printing, comparing or storing all of them needs no code for each record.
/// Names are the specification's in snake_case. Inside a list the name is empty.
/// </summary>
public interface IFieldVisitor
{
    /// <summary>A number without sign. All ones is an unknown counter.</summary>
    void Number(ReadOnlySpan<byte> name, ulong value);

    /// <summary>A number with sign.</summary>
    void Signed(ReadOnlySpan<byte> name, int value);

    /// <summary>A floating-point number.</summary>
    void Real(ReadOnlySpan<byte> name, float value);

    /// <summary>A number that is an identifier of 64 bits, usually written in hexadecimal digits.</summary>
    void Identifier(ReadOnlySpan<byte> name, ulong value);

    /// <summary>A text as the agent gave it: not checked to be UTF-8, nor to be printable. Empty is unknown.</summary>
    void Text(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value);

    /// <summary>Bytes without further meaning here.</summary>
    void Bytes(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value);

    /// <summary>An IP address.</summary>
    void Address(ReadOnlySpan<byte> name, Address value);

    /// <summary>A MAC address in the low 48 bits.</summary>
    void Mac(ReadOnlySpan<byte> name, ulong value);

    /// <summary>The values until <see cref="EndList"/> are elements of a list.</summary>
    void BeginList(ReadOnlySpan<byte> name);

    /// <summary>The list is complete.</summary>
    void EndList();

    /// <summary>The fields until <see cref="EndGroup"/> are one element of a list.</summary>
    void BeginGroup();

    /// <summary>The element is complete.</summary>
    void EndGroup();
}
