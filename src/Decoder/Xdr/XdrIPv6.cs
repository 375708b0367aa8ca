namespace SFlow.Xdr;

/// <summary>An IPv6 address as on the wire (sFlow version 5, <c>ip_v6</c>).</summary>
public readonly struct XdrIPv6
{
    private readonly XdrUInt64 high, low;

    /// <summary>Puts an address into the form of the wire.</summary>
    public XdrIPv6(Address value)
    {
        high = new XdrUInt64(value.High);
        low = new XdrUInt64(value.Low);
    }

    /// <summary>The address.</summary>
    public Address Value => new(high, low);

    /// <summary>The address.</summary>
    public static implicit operator Address(XdrIPv6 field) => field.Value;

    /// <inheritdoc cref="Address.ToString()"/>
    public override string ToString() => Value.ToString();
}
