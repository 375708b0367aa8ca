namespace SFlow.Internals;

/// <summary>
/// Reads XDR (RFC 4506) from front to back, for structures whose parts have no fixed place. Each read says whether the bytes
/// were there; after a failed read nothing further is read.
/// </summary>
internal ref struct XdrReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> rest = bytes;

    public bool TryReadUInt32(out uint value)
    {
        value = 0;
        if (rest.Length < sizeof(uint)) return false;
        value = Wire.UInt32(rest, 0);
        rest = rest[sizeof(uint)..];
        return true;
    }

    /// <summary>Opaque data or a string of variable length: a length, the bytes, zeros up to a multiple of four.</summary>
    public bool TryReadOpaque(out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!TryReadUInt32(out uint length) || length > (uint)rest.Length) return false;
        value = rest[..(int)length];
        rest = rest[Math.Min(((int)length + 3) & ~3, rest.Length)..];
        return true;
    }

    /// <summary>An array of words: a count that is held against the bytes that remain, then the words.</summary>
    public bool TryReadWords(out WordList words)
    {
        words = default;
        if (!TryReadUInt32(out uint count) || count > (uint)rest.Length / sizeof(uint)) return false;
        int length = (int)count * sizeof(uint);
        words = new WordList(rest[..length]);
        rest = rest[length..];
        return true;
    }

    /// <summary>An address with its type: 1 for IPv4, 2 for IPv6; 0 is "unknown" and has no bytes.</summary>
    public bool TryReadAddress(out InternetAddress address)
    {
        address = default;
        if (!TryReadUInt32(out uint type)) return false;
        switch (type)
        {
            case 0:
                return true;
            case 1 when rest.Length >= 4:
                address = InternetAddress.FromIPv4(Wire.UInt32(rest, 0));
                rest = rest[4..];
                return true;
            case 2 when rest.Length >= 16:
                address = InternetAddress.FromIPv6(rest, 0);
                rest = rest[16..];
                return true;
            default:
                return false;
        }
    }

    /// <summary>What has not been read yet.</summary>
    public readonly ReadOnlySpan<byte> Rest => rest;
}
