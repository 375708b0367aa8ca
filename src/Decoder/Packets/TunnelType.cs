namespace SFlow.Packets;

/// <summary>How a packet carries another one.</summary>
public enum TunnelType : byte
{
    /// <summary>It carries none.</summary>
    None,

    /// <summary>GRE (RFC 2784, RFC 2890), NVGRE and the GRE of PPTP (RFC 2637) included.</summary>
    Gre,

    /// <summary>VXLAN (RFC 7348), at UDP port 4789, or 8472 of older Linux.</summary>
    Vxlan,

    /// <summary>Geneve (RFC 8926), at UDP port 6081.</summary>
    Geneve,

    /// <summary>IPv4 or IPv6 inside IPv4 or IPv6 (RFC 2003, RFC 2473, RFC 4213).</summary>
    IPInIP,

    /// <summary>An MPLS label stack inside IP (RFC 4023).</summary>
    MplsInIP,

    /// <summary>IPsec's encapsulating security payload (RFC 4303): what it carries can't be read.</summary>
    Esp,
}
