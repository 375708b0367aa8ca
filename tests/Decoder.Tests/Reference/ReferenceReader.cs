using System.Globalization;
using System.Net;

namespace SFlow.Decoder.Tests.Reference;

/// <summary>XDR read byte by byte; what is not there is an exception. Slow, and nothing of the decoder is in it.</summary>
internal sealed class ReferenceReader(byte[] bytes)
{
    public sealed class EndOfBytesException : Exception;

    public int Left { get; private set; } = bytes.Length;

    public byte[] Bytes(long count)
    {
        if (count > Left) throw new EndOfBytesException();
        Left -= (int)count;
        return bytes[^(int)(Left + count)..^Left];
    }

    public uint Word()
    {
        uint value = 0;
        foreach (byte one in Bytes(4)) value = value * 256 + one;
        return value;
    }

    /// <summary>Padding is demanded only where more bytes follow.</summary>
    public byte[] Opaque()
    {
        uint length = Word();
        byte[] value = Bytes(length);
        Bytes(Math.Min(Left, (4 - length % 4) % 4));
        return value;
    }

    public string Mac()
    {
        byte[] mac = Bytes(8);
        return string.Join(':', mac[..6].Select(one => one.ToString("x2", CultureInfo.InvariantCulture)));
    }

    public string Address() => Word() switch
    {
        0 => "::",
        1 => Text(Bytes(4)),
        2 => Text(Bytes(16)),
        _ => throw new EndOfBytesException(),
    };

    /// <summary>An IPv4 address inside IPv6 is the same address here.</summary>
    public static string Text(byte[] address)
    {
        IPAddress ip = new(address);
        return (ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip).ToString();
    }
}
