using System.Globalization;

namespace SFlow.Xdr;

/// <summary>
/// An unsigned number of 64 bits as on the wire (RFC 4506, section 4.5): two words, since XDR aligns to four bytes only.
/// As a counter, all ones is "unknown".
/// </summary>
public readonly struct XdrUInt64
{
    private readonly XdrUInt32 high, low;

    /// <summary>Puts the number into the form of the wire.</summary>
    public XdrUInt64(ulong value)
    {
        high = new XdrUInt32((uint)(value >> 32));
        low = new XdrUInt32((uint)value);
    }

    /// <summary>The number.</summary>
    public ulong Value => (ulong)high.Value << 32 | low.Value;

    /// <summary>The number.</summary>
    public static implicit operator ulong(XdrUInt64 field) => field.Value;

    /// <summary>The number in decimal digits.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
