namespace SFlow.Internals;

/// <summary>
/// Reads XDR (RFC 4506) from front to back, for structures whose parts have no fixed place. What is not there reads as nothing, and
/// from then on everything does; <see cref="IsSound"/> shows whether all reads succeeded.
/// </summary>
internal ref struct XdrReader(ReadOnlySpan<byte> bytes)
{
    private const int WordLength = 4, MacLength = 8;

    private ReadOnlySpan<byte> rest = bytes;

    /// <summary>True when every read so far found its bytes.</summary>
    public bool IsSound { get; private set; } = true;

    /// <summary>What has not been read yet.</summary>
    public readonly ReadOnlySpan<byte> Rest => rest;

    /// <summary>How many values were there: each call of a method below is one.</summary>
    public int Values { get; private set; }

    /// <summary>A bit for each value that was there, the first one lowest.</summary>
    public readonly ulong Fields => Values >= 64 ? ulong.MaxValue : (1UL << Values) - 1;

    public uint UInt32() => Counted(Word());

    public ulong UInt64()
    {
        ReadOnlySpan<byte> words = Take(2 * WordLength);
        return Counted(words.IsEmpty ? 0 : Wire.UInt64(words, 0));
    }

    /// <summary>A MAC address: six bytes, and two of padding.</summary>
    public ulong Mac()
    {
        // Padding that is cut takes nothing from the address, only from what follows.
        ulong value = rest.Length >= MacLength - 2 ? Counted(Wire.Mac(rest, 0)) : 0;
        Take(MacLength);
        return value;
    }

    /// <summary>Opaque data or a string of variable length: a length, the bytes, zeros up to a multiple of four (which may lack at the very end).</summary>
    public ReadOnlySpan<byte> Opaque()
    {
        uint length = Word();
        if (length > (uint)rest.Length) return Fail();
        ReadOnlySpan<byte> value = rest[..(int)length];
        rest = rest[Math.Min(((int)length + 3) & ~3, rest.Length)..];
        return Counted(value);
    }

    /// <summary>Opaque data of fixed length, a multiple of four.</summary>
    public ReadOnlySpan<byte> Fixed(int length) => Counted(Take(length));

    /// <summary>An array of words: a count that is compared with the remaining bytes, then the words.</summary>
    public WordList Words() => new(Array(WordLength));

    /// <summary>An array whose elements have the same length: a count that is compared with the remaining bytes, then the elements.</summary>
    public ReadOnlySpan<byte> Array(int elementLength)
    {
        uint count = Word();
        return count > (uint)(rest.Length / elementLength) ? Fail() : Counted(Take((int)count * elementLength));
    }

    /// <summary>An address with its type: 1 for IPv4, 2 for IPv6; 0 is "unknown" and has no bytes.</summary>
    public Address Address()
    {
        switch (Word())
        {
            case 0:
                return Counted(default(Address));
            case 1 when rest.Length >= 4:
                return Counted(SFlow.Address.FromIPv4(Word()));
            case 2 when rest.Length >= 16:
                ReadOnlySpan<byte> sixteen = Take(16);
                return Counted(SFlow.Address.FromIPv6(sixteen, 0));
            default:
                Fail();
                return default;
        }
    }

    /// <summary>What was read since is one field, or two; if a part of it is not there, none.</summary>
    public void CountAs(int fields, int since) => Values = IsSound ? since + fields : since;

    private uint Word()
    {
        ReadOnlySpan<byte> word = Take(WordLength);
        return word.IsEmpty ? 0 : Wire.UInt32(word, 0);
    }

    private T Counted<T>(T value)
    {
        if (IsSound) Values++;
        return value;
    }

    private ReadOnlySpan<byte> Counted(ReadOnlySpan<byte> value)
    {
        if (IsSound) Values++;
        return value;
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > rest.Length) return Fail();
        ReadOnlySpan<byte> taken = rest[..length];
        rest = rest[length..];
        return taken;
    }

    private ReadOnlySpan<byte> Fail()
    {
        rest = default;
        IsSound = false;
        return default;
    }
}
