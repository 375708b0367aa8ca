using SFlow.Internals;

namespace SFlow.Packets;

/// <summary>One option of a Geneve header (RFC 8926, section 3.5).</summary>
public readonly ref struct GeneveOption
{
    internal GeneveOption(ReadOnlySpan<byte> header, ReadOnlySpan<byte> data)
    {
        Class = Wire.UInt16(header, 0);
        Type = Wire.Byte(header, 2);
        Data = data;
    }

    /// <summary>Who defines the type; 0x0102 is OVN.</summary>
    public ushort Class { get; }

    /// <summary>Type within the class; the top bit marks it as critical.</summary>
    public byte Type { get; }

    /// <summary>The option's bytes, as far as sampled.</summary>
    public ReadOnlySpan<byte> Data { get; }
}

/// <summary>Walks the options of a Geneve header, as far as they were sampled.</summary>
public ref struct GeneveOptionEnumerator
{
    private const int HeaderLength = 4, WordLength = 4;

    private ReadOnlySpan<byte> rest;

    internal GeneveOptionEnumerator(ReadOnlySpan<byte> options) => rest = options;

    /// <summary>The option that <see cref="MoveNext"/> came to.</summary>
    public GeneveOption Current { readonly get; private set; }

    /// <summary>Goes to the next option.</summary>
    public bool MoveNext()
    {
        if (rest.Length < HeaderLength) return false;
        int end = Math.Min(HeaderLength + (rest[3] & 0x1F) * WordLength, rest.Length);
        Current = new GeneveOption(rest, rest[HeaderLength..end]);
        rest = rest[end..];
        return true;
    }
}
