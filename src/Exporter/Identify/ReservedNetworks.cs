using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify;

/// <summary>Networks that mean something without any inventory: OVN's own, the user's named ones, and those that IANA reserves.</summary>
internal static class ReservedNetworks
{
    private static readonly (string Prefix, EndpointKind Kind, string Label)[] WellKnown =
    [
        ("0.0.0.0/0", EndpointKind.Internet, Words.Internet),
        ("::/0", EndpointKind.Internet, Words.Internet),
        ("0.0.0.0/8", EndpointKind.Link, Words.Link),
        ("10.0.0.0/8", EndpointKind.Private, Words.Private),
        ("100.64.0.0/10", EndpointKind.Private, Words.Private),
        ("127.0.0.0/8", EndpointKind.Link, Words.Link),
        ("169.254.0.0/16", EndpointKind.Link, Words.Link),
        ("172.16.0.0/12", EndpointKind.Private, Words.Private),
        ("192.168.0.0/16", EndpointKind.Private, Words.Private),
        ("224.0.0.0/4", EndpointKind.Multicast, Words.Multicast),
        ("255.255.255.255/32", EndpointKind.Multicast, Words.Multicast),
        ("::/128", EndpointKind.Link, Words.Link),
        ("::1/128", EndpointKind.Link, Words.Link),
        ("fc00::/7", EndpointKind.Private, Words.Private),
        ("fe80::/10", EndpointKind.Link, Words.Link),
        ("ff00::/8", EndpointKind.Multicast, Words.Multicast),
    ];

    /// <summary>All entries, the user's names first, so that they win over OVN's and IANA's for the very same network.</summary>
    public static IEnumerable<(Prefix Prefix, Endpoint Endpoint)> All(IdentifyOptions options)
    {
        foreach ((string name, Prefix prefix) in NamedNetworks.Parse(options.Networks))
            yield return (prefix, new Endpoint { Kind = EndpointKind.NamedNetwork, Label = "@" + name, Name = name });
        foreach (string list in (string[])[options.OvnJoin, options.OvnTransit, options.OvnMasquerade])
        {
            if (!Prefix.TryParseList(list, out List<Prefix> prefixes, out string wrong)) throw new FormatException($"{wrong} is no CIDR");
            foreach (Prefix prefix in prefixes) yield return (prefix, new Endpoint { Kind = EndpointKind.Ovn, Label = Words.Ovn });
        }
        foreach ((string text, EndpointKind kind, string label) in WellKnown)
        {
            _ = Prefix.TryParse(text, out Prefix prefix);
            yield return (prefix, new Endpoint { Kind = kind, Label = label });
        }
    }
}
