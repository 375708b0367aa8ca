using SFlow.Internals;

namespace SFlow.Packets;

/// <content>What switches put between the Ethernet header and the packet: label stacks, pseudowires, service tags.</content>
public ref partial struct SampledPacket
{
    private const uint IPv4Null = 0, IPv6Null = 2;
    private const int ControlWordLength = 4;

    /// <summary>Frames inside frames that are followed; real packets have one or two.</summary>
    private const int MaximumInnerFrames = 4;

    private void AtEncapsulation(ushort type, int start)
    {
        switch (type)
        {
            case 0x88E7:
                AtServiceTag(start);
                break;
            // TRILL (RFC 6325): six bytes and options, then a frame.
            case 0x22F3 when header.Length >= start + 6:
                AtInnerFrame(start + 6 + (Wire.UInt16(header, start) >> 6 & 0x1F) * 4);
                break;
            // VN-Tag, E-Tag (IEEE 802.1BR) and the security group tag of one vendor: a tag of fixed length, then an EtherType.
            case 0x8926:
                AtTagged(start + 4);
                break;
            case 0x893F or 0x8909:
                AtTagged(start + 6);
                break;
            // MACsec (IEEE 802.1AE): readable only where neither "encrypted" nor "changed" is set.
            case 0x88E5 when header.Length > start && (Wire.Byte(header, start) & 0x0C) == 0:
                AtTagged(start + ((Wire.Byte(header, start) & 0x20) != 0 ? 14 : 6));
                break;
        }
    }

    /// <summary>IEEE 802.1ah: 4 bytes of service tag with 24 bits of identifier, then the customer's frame.</summary>
    private void AtServiceTag(int start)
    {
        if (header.Length < start + TagLength)
        {
            EndIn(PacketPart.VlanTag);
            return;
        }
        Fields |= PacketFields.MacInMac;
        ServiceIdentifier = Wire.UInt32(header, start) & 0xFF_FFFF;
        AtInnerFrame(start + TagLength);
    }

    private void AtInnerFrame(int start)
    {
        if (innerFrames++ == MaximumInnerFrames) return;
        if (header.Length < start + EthernetLength)
        {
            network = Math.Min(start, header.Length);
            EndIn(PacketPart.Ethernet);
            return;
        }
        innerFrame = start;
        AtTagged(start + MacLength);
    }

    /// <summary>An EtherType that is not the outer one, VLAN tags, and what it names. The outer EtherType stays.</summary>
    private void AtTagged(int start)
    {
        ushort outer = EtherType;
        int end = start;
        ushort type = 0x8100;
        while (IsVlan(type))
        {
            if (header.Length < end + 2)
            {
                network = Math.Min(end, header.Length);
                EndIn(PacketPart.VlanTag);
                return;
            }
            type = Wire.UInt16(header, end);
            end += IsVlan(type) ? TagLength : 2;
        }
        network = end;
        if (type == IPv4Type) AtIPv4(end);
        else if (type == IPv6Type) AtIPv6(end);
        else AtOther(type, end);
        EtherType = outer;
    }

    private void AtMpls(int start)
    {
        Fields |= PacketFields.Mpls;
        bool isOuter = MplsLabelCount == 0;
        if (isOuter) labels = start;
        for (int end = start + LabelLength; header.Length >= end; end += LabelLength)
        {
            if (isOuter) MplsLabelCount++;
            uint entry = Wire.UInt32(header, end - LabelLength);
            bool isBottom = (entry >> 8 & 1) != 0;
            if (!isBottom) continue;
            network = end;
            if (header.Length == end) EndIn(PacketPart.Network);
            else AtBottom(entry >> 12, end);
            return;
        }
        EndIn(PacketPart.MplsLabel);
    }

    /// <summary>
    /// Only two labels say that IP follows the bottom one (RFC 3032). Elsewhere the first four bits say what it is not (RFC 4928): 4 and 6 may be IP, 0 may be a
    /// control word; and each may be the first byte of a MAC address. So what is taken for IP must verify as far as it is there.
    /// </summary>
    private void AtBottom(uint label, int start)
    {
        int nibble = Wire.Byte(header, start) >> 4;
        if (label is IPv4Null or IPv6Null && nibble is 4 or 6)
        {
            if (nibble == 4) AtIPv4(start);
            else AtIPv6(start);
        }
        else if (nibble == 0) AtPseudowire(start, FrameLikeness(start + ControlWordLength) >= FrameLikeness(start) ? start + ControlWordLength : start, Likeness.Possible);
        else
        {
            Likeness ip = nibble == 4 ? IPv4Likeness(start) : nibble == 6 ? IPv6Likeness(start) : Likeness.None;
            if (ip < Likeness.Certain && FrameLikeness(start) >= Likeness.Likely) AtPseudowire(start, start, Likeness.Likely);
            else if (ip == Likeness.None) return;
            else if (nibble == 4) AtIPv4(start);
            else AtIPv6(start);
        }
    }

    private void AtPseudowire(int start, int frame, Likeness least)
    {
        if (header.Length < frame + EthernetLength)
        {
            EndIn(PacketPart.Ethernet);
            return;
        }
        if (FrameLikeness(frame) < least) return;
        network = start;
        Fields |= PacketFields.Pseudowire;
        AtInnerFrame(frame);
    }
}
