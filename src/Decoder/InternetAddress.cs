using System.Net;
using System.Runtime.CompilerServices;
using SFlow.Internals;

namespace SFlow;

/// <summary>An IPv4 or IPv6 address in 16 bytes; IPv4 is held as ::ffff:a.b.c.d.</summary>
/// <param name="High">The first eight bytes, as a big-endian number.</param>
/// <param name="Low">The last eight bytes, as a big-endian number.</param>
public readonly record struct InternetAddress(ulong High, ulong Low) : IUtf8SpanFormattable
{
    private const ulong MappedPrefix = 0x0000_FFFF_0000_0000;

    /// <summary>True when the address is IPv4.</summary>
    public bool IsIPv4 => High == 0 && (Low & 0xFFFF_FFFF_0000_0000) == MappedPrefix;

    /// <summary>Makes an IPv4 address from its number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static InternetAddress FromIPv4(uint value) => new(0, MappedPrefix | value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static InternetAddress FromIPv6(ReadOnlySpan<byte> bytes, int offset) =>
        new(Wire.UInt64(bytes, offset), Wire.UInt64(bytes, offset + 8));

    /// <summary>The same address as the base class library's type; IPv4 is not left mapped.</summary>
    public IPAddress ToIPAddress()
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes, High);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Low);
        return IsIPv4 ? new IPAddress(bytes[12..]) : new IPAddress(bytes);
    }

    /// <summary>The usual text of the address (RFC 5952 for IPv6).</summary>
    public override string ToString() => ToIPAddress().ToString();

    /// <inheritdoc/>
    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        ToIPAddress().TryFormat(utf8Destination, out bytesWritten);
}
