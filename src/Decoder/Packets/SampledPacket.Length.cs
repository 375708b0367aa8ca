using SFlow.Internals;

namespace SFlow.Packets;

/// <content>IP packets above 64 KiB, whose length field is 0: "big TCP" of Linux, and RFC 2675.</content>
public ref partial struct SampledPacket
{
    private const byte PadOne = 0, JumboPayload = 0xC2;
    private const uint LongestPlain = 65_535;

    /// <summary>Looks for the jumbo payload option in a hop-by-hop header of IPv6; a payload that needs none has none.</summary>
    private void ReadJumboLength(int start, int end)
    {
        if (HasLength) return;
        for (int at = start + 2; at < end;)
        {
            if (Wire.Byte(header, at) == PadOne)
            {
                at++;
                continue;
            }
            if (end < at + 2) return;
            int length = Wire.Byte(header, at + 1);
            if (Wire.Byte(header, at) == JumboPayload)
            {
                if (length != 4 || end < at + 6) return;
                uint payload = Wire.UInt32(header, at + 2);
                if (payload is > LongestPlain and <= int.MaxValue) largeLength = payload + IPv6Length;
                return;
            }
            at += 2 + length;
        }
    }

    /// <summary>The kernel leaves out the header length of a packet that the network card will segment. Then the length of the packet is used.</summary>
    private void UsePacketLength(int start)
    {
        if (packetLength > start) largeLength = packetLength - (uint)start;
    }
}
