namespace SFlow.Samples;

/// <summary>
/// Names of the reasons for which an agent discards packets (sFlow dropped packet notification, <c>drop_reason</c>): of 0:5, and of an
/// output interface of format 1. Numbers below 256 are codes of ICMP "destination unreachable".
/// </summary>
public static class DiscardReason
{
    /// <summary>The reason is not known.</summary>
    public const uint Unknown = 256;

    /// <summary>The name in the specification's words, such as <c>acl</c>; "unknown" for a number without a name.</summary>
    public static ReadOnlySpan<byte> NameOf(uint reason) => reason switch
    {
        0 => "net_unreachable"u8,
        1 => "host_unreachable"u8,
        2 => "protocol_unreachable"u8,
        3 => "port_unreachable"u8,
        4 => "fragmentation_needed"u8,
        5 => "source_route_failed"u8,
        6 => "net_unknown"u8,
        7 => "host_unknown"u8,
        8 => "source_host_isolated"u8,
        9 => "net_prohibited"u8,
        10 => "host_prohibited"u8,
        11 => "net_unreachable_for_tos"u8,
        12 => "host_unreachable_for_tos"u8,
        13 => "communication_prohibited"u8,
        14 => "host_precedence_violation"u8,
        15 => "precedence_cutoff"u8,
        257 => "ttl_exceeded"u8,
        258 => "acl"u8,
        259 => "no_buffer_space"u8,
        260 => "red"u8,
        261 => "traffic_shaping"u8,
        262 => "pkt_too_big"u8,
        263 => "src_mac_is_multicast"u8,
        264 => "vlan_tag_mismatch"u8,
        265 => "ingress_vlan_filter"u8,
        266 => "ingress_spanning_tree_filter"u8,
        267 => "port_list_is_empty"u8,
        268 => "port_loopback_filter"u8,
        269 => "blackhole_route"u8,
        270 => "non_ip"u8,
        271 => "uc_dip_over_mc_dmac"u8,
        272 => "dip_is_loopback_address"u8,
        273 => "sip_is_mc"u8,
        274 => "sip_is_loopback_address"u8,
        275 => "ip_header_corrupted"u8,
        276 => "ipv4_sip_is_limited_bc"u8,
        277 => "ipv6_mc_dip_reserved_scope"u8,
        278 => "ipv6_mc_dip_interface_local_scope"u8,
        279 => "unresolved_neigh"u8,
        280 => "mc_reverse_path_forwarding"u8,
        281 => "non_routable_packet"u8,
        282 => "decap_error"u8,
        283 => "overlay_smac_is_mc"u8,
        284 => "unknown_l2"u8,
        285 => "unknown_l3"u8,
        286 => "unknown_l3_exception"u8,
        287 => "unknown_buffer"u8,
        288 => "unknown_tunnel"u8,
        289 => "unknown_l4"u8,
        290 => "sip_is_unspecified"u8,
        291 => "mlag_port_isolation"u8,
        292 => "blackhole_arp_neigh"u8,
        293 => "src_mac_is_dmac"u8,
        294 => "dmac_is_reserved"u8,
        295 => "sip_is_class_e"u8,
        296 => "mc_dmac_mismatch"u8,
        297 => "sip_is_dip"u8,
        298 => "dip_is_local_network"u8,
        299 => "dip_is_link_local"u8,
        300 => "overlay_smac_is_dmac"u8,
        301 => "egress_vlan_filter"u8,
        302 => "uc_reverse_path_forwarding"u8,
        303 => "split_horizon"u8,
        _ => "unknown"u8,
    };
}
