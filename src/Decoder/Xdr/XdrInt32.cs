using System.Buffers.Binary;
using System.Globalization;

namespace SFlow.Xdr;

/// <summary>A signed number of 32 bits as on the wire (RFC 4506, section 4.1).</summary>
public readonly struct XdrInt32
{
    private readonly int bytes;

    /// <summary>Puts the number into the form of the wire.</summary>
    public XdrInt32(int value) => bytes = BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;

    /// <summary>The number.</summary>
    public int Value => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(bytes) : bytes;

    /// <summary>The number.</summary>
    public static implicit operator int(XdrInt32 field) => field.Value;

    /// <summary>The number in decimal digits.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
