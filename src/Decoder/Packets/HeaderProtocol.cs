namespace SFlow.Packets;

/// <summary>Protocols of a sampled header that are dissected (sFlow version 5, <c>header_protocol</c>); others give their bytes only.</summary>
public static class HeaderProtocol
{
    /// <summary>Ethernet, ISO 8802-3.</summary>
    public const uint Ethernet = 1;

    /// <summary>PPP, from its protocol field on.</summary>
    public const uint Ppp = 7;

    /// <summary>IPv4 without a layer below it.</summary>
    public const uint IPv4 = 11;

    /// <summary>IPv6 without a layer below it.</summary>
    public const uint IPv6 = 12;

    /// <summary>An MPLS label stack.</summary>
    public const uint Mpls = 13;
}
