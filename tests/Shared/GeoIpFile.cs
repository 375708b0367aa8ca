using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace SFlow.Tests;

/// <summary>
/// Writes a database in MaxMind's format (MaxMind DB File Format Specification 2.0), so that tests need none: a search tree of
/// bits, a data section, and the metadata behind a marker. IPv4 networks stand at ::/96 of the tree.
/// </summary>
internal sealed class GeoIpFile(string kind, int recordBits = 28, bool onlyIPv4 = false)
{
    private const int Nothing = -1;

    private readonly List<int[]> nodes = [[Nothing, Nothing]];
    private readonly List<object> values = [];

    /// <summary>The entry of a network.</summary>
    public GeoIpFile Add(string network, Dictionary<string, object> entry)
    {
        IPNetwork parsed = IPNetwork.Parse(network);
        byte[] bytes = parsed.BaseAddress.GetAddressBytes();
        int length = parsed.PrefixLength;
        if (bytes.Length == 4 && !onlyIPv4)
        {
            bytes = [.. new byte[12], .. bytes];
            length += 96;
        }
        values.Add(entry);
        int node = 0;
        for (int bit = 0; bit < length - 1; bit++)
        {
            int side = Bit(bytes, bit);
            if (nodes[node][side] == Nothing)
            {
                nodes[node][side] = nodes.Count;
                nodes.Add([Nothing, Nothing]);
            }
            node = nodes[node][side];
        }
        nodes[node][Bit(bytes, length - 1)] = -1 - values.Count;
        return this;
    }

    public byte[] Write(DateTimeOffset? built = null)
    {
        using MemoryStream data = new();
        int[] offsets = [.. values.Select(value =>
        {
            int offset = (int)data.Position;
            Value(data, value);
            return offset;
        })];
        using MemoryStream file = new();
        foreach (int[] node in nodes) file.Write(Node(Record(node[0], offsets), Record(node[1], offsets)));
        file.Write(new byte[16]);
        file.Write(data.ToArray());
        file.Write([0xAB, 0xCD, 0xEF, .. "MaxMind.com"u8]);
        Value(file, new Dictionary<string, object>
        {
            ["binary_format_major_version"] = (ushort)2, ["binary_format_minor_version"] = (ushort)0,
            ["build_epoch"] = (ulong)(built ?? DateTimeOffset.FromUnixTimeSeconds(1_790_000_000)).ToUnixTimeSeconds(),
            ["database_type"] = kind, ["description"] = new Dictionary<string, object> { ["en"] = "made by a test" },
            ["ip_version"] = (ushort)(onlyIPv4 ? 4 : 6), ["languages"] = new object[] { "en" },
            ["node_count"] = (uint)nodes.Count, ["record_size"] = (ushort)recordBits,
        });
        return file.ToArray();
    }

    private static int Bit(byte[] bytes, int place) => bytes[place / 8] >> (7 - (place % 8)) & 1;

    private uint Record(int value, int[] offsets) => value switch
    {
        Nothing => (uint)nodes.Count,
        < Nothing => (uint)(nodes.Count + 16 + offsets[-2 - value]),
        _ => (uint)value,
    };

    private byte[] Node(uint left, uint right) => recordBits switch
    {
        24 => [.. Big(left)[1..], .. Big(right)[1..]],
        28 => [.. Big(left)[1..], (byte)(left >> 24 << 4 | right >> 24), .. Big(right)[1..]],
        _ => [.. Big(left), .. Big(right)],
    };

    private static byte[] Big(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    private static void Value(Stream to, object value)
    {
        switch (value)
        {
            case string text:
                byte[] utf8 = Encoding.UTF8.GetBytes(text);
                Control(to, 2, utf8.Length);
                to.Write(utf8);
                break;
            case double number:
                Control(to, 3, 8);
                byte[] bits = new byte[8];
                BinaryPrimitives.WriteDoubleBigEndian(bits, number);
                to.Write(bits);
                break;
            case ushort number: Number(to, 5, number); break;
            case uint number: Number(to, 6, number); break;
            case ulong number: Number(to, 9, number); break;
            case Dictionary<string, object> map:
                Control(to, 7, map.Count);
                foreach ((string key, object member) in map)
                {
                    Value(to, key);
                    Value(to, member);
                }
                break;
            case object[] array:
                Control(to, 11, array.Length);
                foreach (object member in array) Value(to, member);
                break;
            default:
                throw new ArgumentException($"{value.GetType()} has no form here", nameof(value));
        }
    }

    /// <summary>Leading zero bytes are left out.</summary>
    private static void Number(Stream to, int type, ulong number)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, number);
        int zeros = bytes.TakeWhile(value => value == 0).Count();
        Control(to, type, 8 - zeros);
        to.Write(bytes.AsSpan(zeros));
    }

    /// <summary>Type and size; types above 7 stand in a byte of their own, sizes from 29 on too.</summary>
    private static void Control(Stream to, int type, int size)
    {
        int small = size < 29 ? size : size < 285 ? 29 : throw new ArgumentOutOfRangeException(nameof(size));
        to.WriteByte((byte)((type > 7 ? 0 : type) << 5 | small));
        if (type > 7) to.WriteByte((byte)(type - 7));
        if (small == 29) to.WriteByte((byte)(size - 29));
    }
}
