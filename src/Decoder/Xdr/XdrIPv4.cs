namespace SFlow.Xdr;

/// <summary>An IPv4 address as on the wire (sFlow version 5, <c>ip_v4</c>).</summary>
public readonly struct XdrIPv4
{
    private readonly XdrUInt32 bytes;

    /// <summary>Puts an IPv4 address into the form of the wire.</summary>
    public XdrIPv4(Address value) => bytes = new XdrUInt32((uint)value.Low);

    /// <summary>The address.</summary>
    public Address Value => Address.FromIPv4(bytes);

    /// <summary>The address.</summary>
    public static implicit operator Address(XdrIPv4 field) => field.Value;

    /// <inheritdoc cref="Address.ToString()"/>
    public override string ToString() => Value.ToString();
}
