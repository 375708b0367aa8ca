using System.Globalization;

namespace SFlow.Xdr;

/// <summary>A MAC address as on the wire (sFlow version 5, <c>mac</c>): six bytes, and two of padding.</summary>
public readonly struct XdrMac
{
    private readonly XdrUInt64 padded;

    /// <summary>Puts the low 48 bits into the form of the wire.</summary>
    public XdrMac(ulong value) => padded = new XdrUInt64(value << 16);

    /// <summary>The address in the low 48 bits.</summary>
    public ulong Value => padded.Value >> 16;

    /// <summary>The address in the low 48 bits.</summary>
    public static implicit operator ulong(XdrMac field) => field.Value;

    /// <summary>Twelve hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x12", CultureInfo.InvariantCulture);
}
