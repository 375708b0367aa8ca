using System.Buffers.Binary;
using System.Globalization;

namespace SFlow.Xdr;

/// <summary>An unsigned number of 32 bits as on the wire (RFC 4506, section 4.2). As a counter, all ones is "unknown".</summary>
public readonly struct XdrUInt32
{
    private readonly uint bytes;

    /// <summary>Puts the number into the form of the wire.</summary>
    public XdrUInt32(uint value) => bytes = BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;

    /// <summary>The number.</summary>
    public uint Value => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(bytes) : bytes;

    /// <summary>The number.</summary>
    public static implicit operator uint(XdrUInt32 field) => field.Value;

    /// <summary>The number in decimal digits.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
