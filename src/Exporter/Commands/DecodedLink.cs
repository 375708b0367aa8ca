using System.Buffers.Binary;
using System.Text.Json;
using SFlow.Packets;

namespace SFlow.Exporter.Commands;

/// <summary>Writes what precedes the IP header: Ethernet, VLAN tags, MPLS labels, and the frame inside another one.</summary>
internal static class DecodedLink
{
    private const int TagsBegin = 14, TagLength = 4;

    public static void Write(Utf8JsonWriter json, in SampledPacket packet, ReadOnlySpan<byte> header)
    {
        if (header.Length >= 6) json.WriteMac("dst_mac"u8, Mac(header));
        if (header.Length >= 12) json.WriteMac("src_mac"u8, Mac(header[6..]));
        // The last tag may be there although the EtherType behind it is not.
        int cut = TagsBegin + packet.VlanCount * TagLength;
        bool isCut = packet.Missing == PacketPart.VlanTag && packet.EtherType == 0 && header.Length >= cut + 2;
        if (packet.VlanCount > 0 || isCut)
        {
            json.WriteStartArray("vlans"u8);
            for (int i = 0; i < packet.VlanCount; i++) WriteTag(json, packet.VlanTag(i));
            if (isCut) WriteTag(json, BinaryPrimitives.ReadUInt16BigEndian(header[cut..]));
            json.WriteEndArray();
        }
        if (packet.EtherType != 0) json.WriteNumber("ethertype"u8, packet.EtherType);
    }

    public static void WriteLabels(Utf8JsonWriter json, in SampledPacket packet)
    {
        json.WriteStartArray("mpls"u8);
        for (int i = 0; i < packet.MplsLabelCount; i++)
        {
            uint entry = packet.MplsLabel(i);
            json.WriteStartObject();
            json.WriteNumber("label"u8, entry >> 12);
            json.WriteNumber("class"u8, entry >> 9 & 7);
            json.WriteNumber("ttl"u8, entry & 0xFF);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>The frame of a pseudowire or of MAC-in-MAC: its link layer; what is below it is written with the outer one.</summary>
    public static void WriteInner(Utf8JsonWriter json, in SampledPacket packet)
    {
        if (packet.Has(PacketFields.MacInMac)) json.WriteNumber("isid"u8, packet.ServiceIdentifier);
        if (packet.InnerFrame.IsEmpty) return;
        json.WriteStartObject("inner_frame"u8);
        Write(json, SampledPacket.Dissect(HeaderProtocol.Ethernet, packet.InnerFrame), packet.InnerFrame);
        json.WriteEndObject();
    }

    private static void WriteTag(Utf8JsonWriter json, ushort tag)
    {
        json.WriteStartObject();
        json.WriteNumber("id"u8, tag & 0xFFF);
        json.WriteNumber("priority"u8, tag >> 13);
        json.WriteNumber("dei"u8, tag >> 12 & 1);
        json.WriteEndObject();
    }

    private static ulong Mac(ReadOnlySpan<byte> bytes) =>
        (ulong)BinaryPrimitives.ReadUInt32BigEndian(bytes) << 16 | BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]);
}
