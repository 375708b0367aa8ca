using System.Globalization;

namespace SFlow.Exporter.Pipeline;

/// <summary>IP protocols by the lower-case keywords that ECS uses for <c>network.transport</c>; others go by number.</summary>
internal static class ProtocolNames
{
    private static readonly Dictionary<byte, string> Keywords = new()
    {
        [0] = "hopopt",
        [1] = "icmp",
        [2] = "igmp",
        [4] = "ipv4",
        [6] = "tcp",
        [17] = "udp",
        [33] = "dccp",
        [41] = "ipv6",
        [46] = "rsvp",
        [47] = "gre",
        [50] = "esp",
        [51] = "ah",
        [58] = "ipv6-icmp",
        [88] = "eigrp",
        [89] = "ospf",
        [94] = "ipip",
        [103] = "pim",
        [108] = "ipcomp",
        [112] = "vrrp",
        [115] = "l2tp",
        [132] = "sctp",
        [136] = "udplite",
        [137] = "mpls-in-ip",
    };

    private static readonly string[] Texts = [.. Enumerable.Range(0, 256)
        .Select(number => Keywords.GetValueOrDefault((byte)number) ?? number.ToString(CultureInfo.InvariantCulture))];

    private static readonly Dictionary<string, byte> Numbers = Keywords.ToDictionary(
        pair => pair.Value, pair => pair.Key, StringComparer.OrdinalIgnoreCase);

    /// <summary>All keywords.</summary>
    public static IReadOnlyCollection<string> Words => Numbers.Keys;

    public static string Of(byte protocol) => Texts[protocol];

    /// <summary>Reads a keyword or a number from 0 to 255.</summary>
    public static bool TryParse(string text, out byte protocol) =>
        Numbers.TryGetValue(text, out protocol) || byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out protocol);
}
