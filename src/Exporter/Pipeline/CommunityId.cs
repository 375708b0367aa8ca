using System.Buffers.Binary;
using System.Buffers.Text;

namespace SFlow.Exporter.Pipeline;

/// <summary>Community ID version 1, seed 0: one text for both directions of a connection, the same in every tool that knows it.</summary>
internal static class CommunityId
{
    /// <summary>Length of the text: "1:" and a SHA-1 in base64.</summary>
    public const int Length = 30;

    private const int LongestTuple = 2 + 16 + 16 + 1 + 1 + 2 + 2;

    /// <summary>Writes the id; false where the packet has no addresses, or should have ports that the sample does not show (a wrong id is worse than none).</summary>
    public static bool TryWrite(in Flow record, Span<byte> text)
    {
        if ((record.Facts & (PacketFacts.IPv4 | PacketFacts.IPv6)) == PacketFacts.None) return false;
        ushort sourcePort = 0, destinationPort = 0;
        bool oneWay = false;
        bool ports = record.Protocol is 6 or 17 or 132 or 1 or 58;
        if (record.Protocol is 6 or 17 or 132)
        {
            if (!record.Has(PacketFacts.Ports)) return false;
            (sourcePort, destinationPort) = (record.SourcePort, record.DestinationPort);
        }
        else if (record.Protocol is 1 or 58)
        {
            if (!record.Has(PacketFacts.Icmp)) return false;
            int counterpart = record.Protocol == 1 ? CounterpartV4(record.IcmpType) : CounterpartV6(record.IcmpType);
            oneWay = counterpart < 0;
            (sourcePort, destinationPort) = (record.IcmpType, (ushort)(oneWay ? record.IcmpCode : counterpart));
        }
        else if (record.Has(PacketFacts.Fragment) && record.FragmentOffset != 0)
        {
            return false;
        }

        (Address first, Address second) = (record.Source, record.Destination);
        if (!oneWay && Compare(first, sourcePort, second, destinationPort) > 0)
        {
            (first, second) = (second, first);
            (sourcePort, destinationPort) = (destinationPort, sourcePort);
        }

        Span<byte> tuple = stackalloc byte[LongestTuple];
        tuple.Clear();
        int at = 2;
        at += WriteAddress(first, tuple[at..], record.Has(PacketFacts.IPv4));
        at += WriteAddress(second, tuple[at..], record.Has(PacketFacts.IPv4));
        tuple[at] = record.Protocol;
        at += 2;
        if (ports)
        {
            BinaryPrimitives.WriteUInt16BigEndian(tuple[at..], sourcePort);
            BinaryPrimitives.WriteUInt16BigEndian(tuple[(at + 2)..], destinationPort);
            at += 4;
        }
        Span<byte> hash = stackalloc byte[Sha1Block.HashLength];
        Sha1Block.Hash(tuple[..at], hash);
        "1:"u8.CopyTo(text);
        Base64.EncodeToUtf8(hash, text[2..], out _, out _);
        return true;
    }

    private static int Compare(Address first, ushort firstPort, Address second, ushort secondPort)
    {
        if (first.High != second.High) return first.High.CompareTo(second.High);
        if (first.Low != second.Low) return first.Low.CompareTo(second.Low);
        return firstPort.CompareTo(secondPort);
    }

    private static int WriteAddress(Address address, Span<byte> destination, bool four)
    {
        if (!four)
        {
            address.WriteBytes(destination);
            return 16;
        }
        BinaryPrimitives.WriteUInt32BigEndian(destination, address.IPv4);
        return 4;
    }

    /// <summary>The ICMP type that answers (or asks for) this one; -1 where there is none.</summary>
    private static int CounterpartV4(byte type) => type switch
    {
        0 => 8,
        8 => 0,
        9 => 10,
        10 => 9,
        13 => 14,
        14 => 13,
        15 => 16,
        16 => 15,
        17 => 18,
        18 => 17,
        _ => -1,
    };

    private static int CounterpartV6(byte type) => type switch
    {
        128 => 129,
        129 => 128,
        130 => 131,
        131 => 130,
        133 => 134,
        134 => 133,
        135 => 136,
        136 => 135,
        139 => 140,
        140 => 139,
        144 => 145,
        145 => 144,
        _ => -1,
    };
}
