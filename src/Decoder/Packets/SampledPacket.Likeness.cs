using SFlow.Internals;

namespace SFlow.Packets;

/// <content>
/// Whether bytes are what they look like, where nothing in front of them says it: version, header length, total length against the packet's
/// length, header checksum. What is cut off can't contradict.
/// </content>
public ref partial struct SampledPacket
{
    /// <summary>Shortest Ethernet frame with its check sequence: a shorter packet is followed by padding.</summary>
    private const uint ShortestFrame = 64;

    private enum Likeness : byte
    {
        /// <summary>It is not.</summary>
        None,

        /// <summary>Nothing contradicts.</summary>
        Possible,

        /// <summary>Several fields agree.</summary>
        Likely,

        /// <summary>A checksum agrees.</summary>
        Certain,
    }

    /// <summary>Whether a packet of that protocol can begin so; asked where a port number alone suggests it.</summary>
    internal static bool CanBegin(uint headerProtocol, ReadOnlySpan<byte> bytes, uint length)
    {
        SampledPacket packet = new(bytes) { packetLength = length };
        int start = 0;
        ushort type = headerProtocol switch { HeaderProtocol.IPv4 => IPv4Type, HeaderProtocol.IPv6 => IPv6Type, _ => 0 };
        if (headerProtocol == HeaderProtocol.Ethernet)
        {
            type = 0x8100;
            start = MacLength;
            while (IsVlan(type))
            {
                if (bytes.Length < start + 2) return true;
                type = Wire.UInt16(bytes, start);
                start += IsVlan(type) ? TagLength : 2;
            }
        }
        return type switch { IPv4Type => packet.IPv4Likeness(start), IPv6Type => packet.IPv6Likeness(start), _ => Likeness.Possible } != Likeness.None;
    }

    private readonly Likeness IPv4Likeness(int start)
    {
        int there = header.Length - start;
        if (there <= 0) return Likeness.Possible;
        int first = Wire.Byte(header, start), length = (first & 15) * 4;
        if (first >> 4 != 4 || length < IPv4Length) return Likeness.None;
        if (there < 4) return Likeness.Possible;
        uint total = Wire.UInt16(header, start + 2);
        if (total != 0 && total < length || !HasRoom(start, total)) return Likeness.None;
        if (there < length) return Likeness.Possible;
        if (HasChecksum(start, length)) return Likeness.Certain;
        // Offload leaves a checksum of 0. Any other one that is wrong says that this is no IP header.
        return Wire.UInt16(header, start + 10) == 0 && total != 0 && Fills(start, total) ? Likeness.Likely : Likeness.None;
    }

    private readonly Likeness IPv6Likeness(int start)
    {
        int there = header.Length - start;
        if (there <= 0) return Likeness.Possible;
        if (Wire.Byte(header, start) >> 4 != 6) return Likeness.None;
        if (there < 7) return Likeness.Possible;
        uint payload = Wire.UInt16(header, start + 4);
        if (payload == 0 && Wire.Byte(header, start + 6) is not (HopByHop or Tcp or 59)) return Likeness.None;
        if (payload != 0 && !(HasRoom(start, payload + IPv6Length) && Fills(start, payload + IPv6Length))) return Likeness.None;
        // A group sends nothing.
        return there > 8 && Wire.Byte(header, start + 8) == 0xFF ? Likeness.None : Likeness.Likely;
    }

    /// <summary>Whether an Ethernet frame begins here: by its EtherType, and by what the EtherType names.</summary>
    private readonly Likeness FrameLikeness(int start)
    {
        int end = start + EthernetLength;
        if (header.Length < end) return Likeness.None;
        ushort type = Wire.UInt16(header, start + MacLength);
        while (IsVlan(type))
        {
            if (header.Length < end + TagLength) return Likeness.Possible;
            type = Wire.UInt16(header, end + 2);
            end += TagLength;
        }
        return type switch
        {
            IPv4Type => NamedIPv4Likeness(end),
            IPv6Type => NamedIPv6Likeness(end),
            ArpType when header.Length >= end + 4 => Wire.UInt32(header, end) == 0x0001_0800 ? Likeness.Likely : Likeness.None,
            // Label stacks, PPPoE, MAC-in-MAC, MACsec, slow protocols, authentication, LLDP, fault management, time.
            ArpType or 0x8847 or 0x8848 or 0x8863 or 0x8864 or 0x88E7 or 0x88E5 or 0x8809 or 0x888E or 0x88CC or 0x8902 or 0x88F7 => Likeness.Possible,
            < LowestEtherType when header.Length >= end + 3 && HasRoom(end, type) => Wire.UInt16(header, end) is 0x4242 or 0xAAAA ? Likeness.Possible : Likeness.None,
            _ => Likeness.None,
        };
    }

    /// <summary>An EtherType says IPv4, so a checksum is not asked for.</summary>
    private readonly Likeness NamedIPv4Likeness(int start)
    {
        int there = header.Length - start;
        if (there <= 0) return Likeness.Possible;
        int first = Wire.Byte(header, start);
        if (first is < 0x45 or > 0x4F) return Likeness.None;
        if (there < 4) return Likeness.Possible;
        uint total = Wire.UInt16(header, start + 2);
        return total != 0 && total < (first & 15) * 4 || !HasRoom(start, total) ? Likeness.None : Likeness.Likely;
    }

    private readonly Likeness NamedIPv6Likeness(int start)
    {
        int there = header.Length - start;
        if (there <= 0) return Likeness.Possible;
        if (Wire.Byte(header, start) >> 4 != 6) return Likeness.None;
        if (there < 6) return Likeness.Possible;
        return HasRoom(start, Wire.UInt16(header, start + 4) + (uint)IPv6Length) ? Likeness.Likely : Likeness.None;
    }

    /// <summary>Whether so many bytes can be in the packet from there on; true where its length is unknown.</summary>
    private readonly bool HasRoom(int start, uint bytes) => packetLength == 0 || start + bytes <= packetLength;

    /// <summary>Whether they are all of the packet but padding, or a check sequence that the agent counts with the frame.</summary>
    private readonly bool Fills(int start, uint bytes) => packetLength <= ShortestFrame || packetLength - start - bytes <= 4;

    /// <summary>The sum of a whole IPv4 header in ones' complement is all ones (RFC 791).</summary>
    private readonly bool HasChecksum(int start, int length)
    {
        uint sum = 0;
        for (int at = 0; at < length; at += 2) sum += Wire.UInt16(header, start + at);
        sum = (sum & 0xFFFF) + (sum >> 16);
        return (sum & 0xFFFF) + (sum >> 16) == 0xFFFF;
    }
}
