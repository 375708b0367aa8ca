using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace SFlow.Exporter.Pipeline;

/// <summary>An IPv4 or IPv6 address in 16 bytes. IPv4 is stored as ::ffff:a.b.c.d, so that both have one key type.</summary>
/// <param name="High">The first eight bytes, as a big-endian number.</param>
/// <param name="Low">The last eight bytes, as a big-endian number.</param>
internal readonly record struct Address(ulong High, ulong Low) : ISpanFormattable, IUtf8SpanFormattable
{
    private const ulong MappedPrefix = 0x0000_FFFF_0000_0000;

    /// <summary>No address: the sample has no IP packet.</summary>
    public static Address None => default;

    /// <summary>True unless this is <see cref="None"/> (which is also the IPv6 "unspecified" address).</summary>
    public bool IsSome => (High | Low) != 0;

    public bool IsIPv4 => High == 0 && (Low & 0xFFFF_FFFF_0000_0000) == MappedPrefix;

    /// <summary>The IPv4 address as a number; only meaningful when <see cref="IsIPv4"/>.</summary>
    public uint IPv4 => (uint)Low;

    public static Address FromIPv4(uint value) => new(0, MappedPrefix | value);

    public static Address FromIPv6(ReadOnlySpan<byte> sixteen) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(sixteen), BinaryPrimitives.ReadUInt64BigEndian(sixteen[8..]));

    public static Address From(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        return address.AddressFamily == AddressFamily.InterNetwork
            ? FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(bytes))
            : FromIPv6(bytes);
    }

    public static bool TryParse(ReadOnlySpan<char> text, out Address address)
    {
        bool parsed = IPAddress.TryParse(text, out IPAddress? ip);
        address = parsed ? From(ip!) : default;
        return parsed;
    }

    public IPAddress ToIPAddress()
    {
        Span<byte> bytes = stackalloc byte[16];
        WriteBytes(bytes);
        return IsIPv4 ? new IPAddress(bytes[12..]) : new IPAddress(bytes);
    }

    /// <summary>Hash of the socket at this address. All its bits are well mixed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong SocketHash(ushort port, byte protocol)
    {
        ulong upper = Math.BigMul(Low ^ (ulong)port << 40 ^ protocol, High ^ 0x9E37_79B9_7F4A_7C15, out ulong lower);
        return (upper ^ lower) * 0xD6E8_FEB8_6659_FD93;
    }

    /// <summary>Writes the 16 bytes in network order.</summary>
    public void WriteBytes(Span<byte> sixteen)
    {
        BinaryPrimitives.WriteUInt64BigEndian(sixteen, High);
        BinaryPrimitives.WriteUInt64BigEndian(sixteen[8..], Low);
    }

    /// <summary>Orders addresses by their bytes in network order.</summary>
    public bool IsAbove(Address other) => High != other.High ? High > other.High : Low > other.Low;

    public override string ToString() => ToIPAddress().ToString();

    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        ToIPAddress().TryFormat(destination, out charsWritten);

    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        IsIPv4 ? TryFormatIPv4(utf8Destination, out bytesWritten) : ToIPAddress().TryFormat(utf8Destination, out bytesWritten);

    /// <summary>Dotted decimal without an <see cref="IPAddress"/>, because each document has two or more addresses.</summary>
    private bool TryFormatIPv4(Span<byte> destination, out int written)
    {
        written = 0;
        for (int shift = 24; shift >= 0; shift -= 8)
        {
            if (!((byte)(IPv4 >> shift)).TryFormat(destination[written..], out int digits, default, CultureInfo.InvariantCulture)) return false;
            written += digits;
            if (shift == 0) return true;
            if (written == destination.Length) return false;
            destination[written++] = (byte)'.';
        }
        return true;
    }
}
