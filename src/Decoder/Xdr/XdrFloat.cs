using System.Globalization;

namespace SFlow.Xdr;

/// <summary>A floating-point number of 32 bits as on the wire (RFC 4506, section 4.6).</summary>
public readonly struct XdrFloat
{
    private readonly XdrUInt32 bits;

    /// <summary>Puts the number into the form of the wire.</summary>
    public XdrFloat(float value) => bits = new XdrUInt32(BitConverter.SingleToUInt32Bits(value));

    /// <summary>The number.</summary>
    public float Value => BitConverter.UInt32BitsToSingle(bits);

    /// <summary>The number.</summary>
    public static implicit operator float(XdrFloat field) => field.Value;

    /// <summary>The shortest decimal digits that give the number back.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
