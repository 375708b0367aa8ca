using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using SFlow.Internals;

namespace SFlow;

/// <summary>An IPv4 or IPv6 address in 16 bytes. IPv4 is stored as ::ffff:a.b.c.d, so that both have one key type.</summary>
/// <param name="High">The first eight bytes, as a big-endian number.</param>
/// <param name="Low">The last eight bytes, as a big-endian number.</param>
public readonly record struct Address(ulong High, ulong Low) : ISpanFormattable, IUtf8SpanFormattable
{
    private const ulong MappedPrefix = 0x0000_FFFF_0000_0000;

    /// <summary>No address. It is also the IPv6 address "unspecified".</summary>
    public static Address None => default;

    /// <summary>True unless this is <see cref="None"/>.</summary>
    public bool IsSome => (High | Low) != 0;

    /// <summary>True when the address is IPv4.</summary>
    public bool IsIPv4 => High == 0 && (Low & 0xFFFF_FFFF_0000_0000) == MappedPrefix;

    /// <summary>The IPv4 address as a number; only meaningful when <see cref="IsIPv4"/>.</summary>
    public uint IPv4 => (uint)Low;

    /// <summary>Makes an IPv4 address from its number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Address FromIPv4(uint value) => new(0, MappedPrefix | value);

    /// <summary>Makes an IPv6 address from its 16 bytes in network order.</summary>
    public static Address FromIPv6(ReadOnlySpan<byte> sixteen) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(sixteen), BinaryPrimitives.ReadUInt64BigEndian(sixteen[8..]));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Address FromIPv6(ReadOnlySpan<byte> bytes, int offset) => new(Wire.UInt64(bytes, offset), Wire.UInt64(bytes, offset + 8));

    /// <summary>The same address as a value; a scope is left out.</summary>
    public static Address From(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        return address.AddressFamily == AddressFamily.InterNetwork ? FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(bytes)) : FromIPv6(bytes);
    }

    /// <summary>Reads the forms that <see cref="IPAddress.TryParse(ReadOnlySpan{char}, out IPAddress?)"/> reads.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Address address)
    {
        bool parsed = IPAddress.TryParse(text, out IPAddress? ip);
        address = parsed ? From(ip!) : default;
        return parsed;
    }

    /// <summary>The same address as the base class library's type; IPv4 is not left mapped.</summary>
    public IPAddress ToIPAddress()
    {
        Span<byte> bytes = stackalloc byte[16];
        WriteBytes(bytes);
        return IsIPv4 ? new IPAddress(bytes[12..]) : new IPAddress(bytes);
    }

    /// <summary>Writes the 16 bytes in network order.</summary>
    public void WriteBytes(Span<byte> sixteen)
    {
        BinaryPrimitives.WriteUInt64BigEndian(sixteen, High);
        BinaryPrimitives.WriteUInt64BigEndian(sixteen[8..], Low);
    }

    /// <summary>Orders addresses by their bytes in network order.</summary>
    public bool IsAbove(Address other) => High != other.High ? High > other.High : Low > other.Low;

    /// <summary>The usual text of the address (RFC 5952 for IPv6).</summary>
    public override string ToString() => ToIPAddress().ToString();

    /// <inheritdoc/>
    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    /// <inheritdoc/>
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        ToIPAddress().TryFormat(destination, out charsWritten);

    /// <inheritdoc/>
    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        AddressText.CanFormat(this) ? AddressText.TryFormat(this, utf8Destination, out bytesWritten) : ToIPAddress().TryFormat(utf8Destination, out bytesWritten);
}
