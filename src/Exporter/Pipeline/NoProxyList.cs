namespace SFlow.Exporter.Pipeline;

/// <summary>
/// The hosts of <c>NO_PROXY</c>, for direct connections. It is parsed like in Go, because OpenShift and Kubernetes write it for Go:
/// <c>10.128.0.0/14</c> a network, <c>example.com</c> a host and its subdomains, <c>.svc</c> and <c>*.svc</c> subdomains only,
/// <c>host:9200</c> one port, <c>*</c> everything. .NET does not support networks.
/// </summary>
internal sealed class NoProxyList
{
    private readonly record struct Name(string Host, bool SubdomainsOnly, int? Port);

    private readonly List<(Prefix Network, int? Port)> networks = [];
    private readonly List<Name> names = [];
    private readonly bool everything;

    public NoProxyList(string? list)
    {
        foreach (string entry in (list ?? "").Split([',', ';', ' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (entry == "*") everything = true;
            else Add(entry);
        }
    }

    /// <summary>Whether requests to this URL bypass the proxy. Names are not resolved: a network matches addresses only.</summary>
    public bool Covers(Uri url)
    {
        if (everything) return true;
        string host = url.IdnHost.Trim('[', ']').TrimEnd('.');
        if (Address.TryParse(WithoutZone(host), out Address address) && networks.Exists(entry => entry.Network.Contains(address) && IsPort(entry.Port, url)))
            return true;
        return names.Exists(name => IsPort(name.Port, url) && Matches(name, host));
    }

    private void Add(string entry)
    {
        if (Prefix.TryParse(entry.Trim('[', ']'), out Prefix network))
        {
            networks.Add((network, null));
            return;
        }
        (string host, int? port) = Divide(entry);
        if (Prefix.TryParse(host.Trim('[', ']'), out network))
        {
            networks.Add((network, port));
            return;
        }
        string name = host.StartsWith("*.", StringComparison.Ordinal) ? host[1..] : host;
        bool subdomains = name.StartsWith('.');
        if (name.Trim('.') is { Length: > 0 } plain) names.Add(new Name(plain, subdomains, port));
    }

    private static (string Host, int? Port) Divide(string entry)
    {
        int colon = entry.LastIndexOf(':');
        return colon > 0 && ushort.TryParse(entry.AsSpan(colon + 1), out ushort port) ? (entry[..colon], port) : (entry, null);
    }

    private static bool Matches(Name name, string host) =>
        !name.SubdomainsOnly && host.Equals(name.Host, StringComparison.OrdinalIgnoreCase)
        || host.Length > name.Host.Length && host[^(name.Host.Length + 1)] == '.' && host.EndsWith(name.Host, StringComparison.OrdinalIgnoreCase);

    private static bool IsPort(int? wanted, Uri url) => wanted is null || wanted == url.Port;

    private static string WithoutZone(string host) => host.Split('%')[0];
}
