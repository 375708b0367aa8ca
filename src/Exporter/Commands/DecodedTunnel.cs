using System.Text.Json;
using SFlow.Packets;

namespace SFlow.Exporter.Commands;

/// <summary>Writes the header of a tunnel in a sampled packet, and names its parts.</summary>
internal static class DecodedTunnel
{
    /// <summary>Opens the tunnel's object; the caller writes the packet inside, and closes it.</summary>
    public static void Begin(Utf8JsonWriter json, in Tunnel tunnel)
    {
        json.WriteStartObject("tunnel"u8);
        json.WriteString("type"u8, NameOf(tunnel.Type));
        if (tunnel.InnerEtherType != 0) json.WriteNumber("protocol"u8, tunnel.InnerEtherType);
        if (tunnel.HasIdentifier) json.WriteNumber(tunnel.Type switch { TunnelType.Gre => "key"u8, TunnelType.Esp => "spi"u8, _ => "vni"u8 }, tunnel.Identifier);
        if (tunnel.Type == TunnelType.Geneve) WriteOptions(json, tunnel.Options);
        if (tunnel.IsCut) json.WriteString("missing"u8, "tunnel"u8);
    }

    public static ReadOnlySpan<byte> NameOf(PacketPart part) => part switch
    {
        PacketPart.None => "none"u8,
        PacketPart.Ethernet => "ethernet"u8,
        PacketPart.VlanTag => "vlan_tag"u8,
        PacketPart.Ppp => "ppp"u8,
        PacketPart.MplsLabel => "mpls_label"u8,
        PacketPart.Network => "network"u8,
        PacketPart.IPOptions => "ip_options"u8,
        PacketPart.ExtensionHeader => "extension_header"u8,
        _ => "transport"u8,
    };

    public static ReadOnlySpan<byte> NameOf(TunnelType type) => type switch
    {
        TunnelType.Gre => "gre"u8,
        TunnelType.Vxlan => "vxlan"u8,
        TunnelType.Geneve => "geneve"u8,
        TunnelType.IPInIP => "ip_in_ip"u8,
        TunnelType.MplsInIP => "mpls_in_ip"u8,
        TunnelType.Esp => "esp"u8,
        _ => "none"u8,
    };

    private static void WriteOptions(Utf8JsonWriter json, GeneveOptionEnumerator options)
    {
        json.WriteStartArray("options"u8);
        while (options.MoveNext())
        {
            json.WriteStartObject();
            json.WriteNumber("class"u8, options.Current.Class);
            json.WriteNumber("type"u8, options.Current.Type);
            json.WriteHex("data_hex"u8, options.Current.Data);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
