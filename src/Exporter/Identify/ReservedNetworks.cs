using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify;

/// <summary>Networks with a meaning without a cluster: OVN's own, the named networks of the user, and those reserved by IANA.</summary>
internal static class ReservedNetworks
{
    private static readonly (string Prefix, EndpointKind Kind, string Label, string What)[] WellKnown =
    [
        ("0.0.0.0/0", EndpointKind.Internet, ReservedLabels.Internet, "public address"),
        ("::/0", EndpointKind.Internet, ReservedLabels.Internet, "public address"),
        ("0.0.0.0/8", EndpointKind.Link, ReservedLabels.Link, "\"this network\" (RFC 791)"),
        ("10.0.0.0/8", EndpointKind.Private, ReservedLabels.Private, "private address (RFC 1918)"),
        ("100.64.0.0/10", EndpointKind.Private, ReservedLabels.Private, "shared address of a provider (RFC 6598)"),
        ("127.0.0.0/8", EndpointKind.Link, ReservedLabels.Link, "loopback"),
        ("169.254.0.0/16", EndpointKind.Link, ReservedLabels.Link, "link-local address"),
        ("172.16.0.0/12", EndpointKind.Private, ReservedLabels.Private, "private address (RFC 1918)"),
        ("192.168.0.0/16", EndpointKind.Private, ReservedLabels.Private, "private address (RFC 1918)"),
        ("224.0.0.0/4", EndpointKind.Multicast, ReservedLabels.Multicast, "multicast group"),
        ("255.255.255.255/32", EndpointKind.Multicast, ReservedLabels.Multicast, "broadcast"),
        ("::/128", EndpointKind.Link, ReservedLabels.Link, "unspecified address"),
        ("::1/128", EndpointKind.Link, ReservedLabels.Link, "loopback"),
        ("fc00::/7", EndpointKind.Private, ReservedLabels.Private, "private address (RFC 4193)"),
        ("fe80::/10", EndpointKind.Link, ReservedLabels.Link, "link-local address"),
        ("ff00::/8", EndpointKind.Multicast, ReservedLabels.Multicast, "multicast group"),
    ];

    /// <summary>All entries, named networks first, so that they precede those of OVN and IANA for the same network.</summary>
    public static IEnumerable<(Prefix Prefix, FlowEndpoint Endpoint, string What)> All(IdentifyOptions options)
    {
        foreach ((string name, Prefix prefix) in NamedNetworks.Parse(options.Networks))
            yield return (prefix, new FlowEndpoint { Kind = EndpointKind.NamedNetwork, Label = "@" + name, Name = name }, $"address of the network that the configuration names {name}");
        (string List, string What)[] inner =
        [
            (options.OvnJoin, "address of OVN's join networks"), (options.OvnTransit, "address of OVN's transit networks"), (options.OvnMasquerade, "address that OVN masquerades with"),
        ];
        foreach ((string list, string what) in inner)
        {
            if (!Prefix.TryParseList(list, out List<Prefix> prefixes, out string wrong)) throw new FormatException($"\"{wrong}\" can't be read as a CIDR.");
            foreach (Prefix prefix in prefixes) yield return (prefix, new FlowEndpoint { Kind = EndpointKind.Ovn, Label = ReservedLabels.Ovn }, what);
        }
        foreach ((string text, EndpointKind kind, string label, string what) in WellKnown)
        {
            _ = Prefix.TryParse(text, out Prefix prefix);
            yield return (prefix, new FlowEndpoint { Kind = kind, Label = label }, what);
        }
    }
}
