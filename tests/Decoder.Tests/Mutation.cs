using System.Buffers.Binary;

namespace SFlow.Decoder.Tests;

/// <summary>Spoils a datagram as networks, faulty agents and attackers do.</summary>
internal static class Mutation
{
    private static readonly uint[] Telling = [0, 1, 2, 3, 4, 5, 8, 1_001, 1_003, 2_001, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFC, uint.MaxValue];

    public static byte[] Of(ReadOnlySpan<byte> datagram, Random random)
    {
        byte[] bytes = datagram.ToArray();
        return bytes[..Apply(bytes, bytes.Length, random)];
    }

    /// <summary>Changes the bytes in place, allocating nothing; returns how many of them are left.</summary>
    public static int Apply(Span<byte> bytes, int length, Random random)
    {
        for (int changes = random.Next(1, 5); changes > 0 && length >= 8; changes--)
        {
            int at = random.Next(length), word = random.Next(length / 4) * 4;
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    BinaryPrimitives.WriteUInt32BigEndian(bytes[word..], Telling[random.Next(Telling.Length)]);
                    break;
                case 3:
                    uint value = BinaryPrimitives.ReadUInt32BigEndian(bytes[word..]);
                    BinaryPrimitives.WriteUInt32BigEndian(bytes[word..], value + (uint)random.Next(-8, 9));
                    break;
                case 4:
                    int from = random.Next(length / 4) * 4, count = Math.Min(random.Next(1, 9) * 4, length - Math.Max(from, word));
                    bytes.Slice(from, count).CopyTo(bytes[word..]);
                    break;
                default:
                    if (random.Next(4) == 0) length = at;
                    break;
            }
        }
        return length;
    }
}
