using System.Globalization;

namespace SFlow.Exporter.Pipeline.Filters;

/// <summary>One value of a term. A value matches hosts, names of a flow, addresses or numbers, as its key has it.</summary>
/// <param name="Text">As it was written, without quotes.</param>
internal abstract record FilterValue(string Text)
{
    /// <summary>What a value of the key may be, for people.</summary>
    public static string AllowedOf(FilterKey key) => key switch
    {
        FilterKey.Address => "an IPv4 or IPv6 address, or a CIDR such as 10.128.0.0/14",
        FilterKey.Port => "a number from 0 to 65535",
        FilterKey.Protocol => "a name such as tcp, udp, icmp, ipv6-icmp, sctp, gre or esp, or a number from 0 to 255",
        FilterKey.Counted => "true or false",
        FilterKey.Workload => "NAME, KIND/NAME, NAMESPACE/KIND/NAME, or NAMESPACE/- for traffic of a namespace without a workload",
        FilterKey.Host => "a namespace, KIND/NAME or NAMESPACE/KIND/NAME",
        FilterKey.Service => "a service such as namespace/name:port, namespace/name or @tcp/443",
        _ => "a name; * is any text, - is a missing name",
    };

    /// <summary>Null if the text is no value of the key.</summary>
    public static FilterValue? TryParse(FilterKey key, string text)
    {
        switch (key)
        {
            case FilterKey.Address:
                return Prefix.TryParse(text, out Prefix prefix) ? new AddressValue(text, prefix) : null;
            case FilterKey.Port:
                return ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) ? new NumberValue(text, port) : null;
            case FilterKey.Protocol:
                return ProtocolNames.TryParse(text, out byte protocol) ? new NumberValue(text, protocol) : null;
            case FilterKey.Counted:
                return bool.TryParse(text, out bool counted) ? new NumberValue(text, counted ? 1 : 0) : null;
            case FilterKey.Workload:
                return WorkloadValue.TryParse(text);
            case FilterKey.Host:
                return text.Contains('/', StringComparison.Ordinal) ? WorkloadValue.TryParse(text) : new NameValue(text, FilterKey.Namespace);
            case FilterKey.Service:
                return new ServiceValue(text);
            default:
                return new NameValue(text, key);
        }
    }

    /// <summary>Whether the names of a host match.</summary>
    public virtual bool Matches(in HostNames host) => false;

    /// <summary>Whether a name of the flow as a whole matches.</summary>
    public virtual bool Matches(string? name) => false;

    public virtual bool Matches(Address address) => false;

    /// <summary>Whether a port, protocol or 1 for counted matches.</summary>
    public virtual bool Matches(long number) => false;
}

/// <summary>A name of a host, or the locality of the flow.</summary>
internal sealed record NameValue(string Text, FilterKey Key) : FilterValue(Text)
{
    private readonly TextPattern pattern = new(Text);

    public override bool Matches(in HostNames host) => pattern.Matches(Key switch
    {
        FilterKey.Namespace => host.Namespace,
        FilterKey.Node => host.Node,
        FilterKey.Zone => host.Zone,
        FilterKey.Network => host.Network,
        _ => null,
    });

    public override bool Matches(string? name) => pattern.Matches(name);
}

/// <summary>A service with its port, or without: then all its ports.</summary>
internal sealed record ServiceValue(string Text) : FilterValue(Text)
{
    private readonly TextPattern pattern = new(Text), anyPort = new(Text + ":*");

    public override bool Matches(string? name) => pattern.Matches(name) || anyPort.Matches(name);
}

/// <summary>A workload by its name, its kind and its namespace, as far as they are given.</summary>
internal sealed record WorkloadValue(string Text, TextPattern? Namespace, TextPattern? Kind, TextPattern Name) : FilterValue(Text)
{
    /// <summary>NAME, KIND/NAME, NAMESPACE/KIND/NAME; NAMESPACE/- is a namespace without a workload.</summary>
    public static WorkloadValue? TryParse(string text)
    {
        string[] parts = text.Split('/');
        if (parts.Length > 3 || parts.Any(part => part.Length == 0)) return null;
        TextPattern[] patterns = [.. parts.Select(part => new TextPattern(part))];
        return parts.Length switch
        {
            1 => new WorkloadValue(text, null, null, patterns[0]),
            2 when parts[1] == TextPattern.Missing => new WorkloadValue(text, patterns[0], null, patterns[1]),
            2 => new WorkloadValue(text, null, patterns[0], patterns[1]),
            _ => new WorkloadValue(text, patterns[0], patterns[1], patterns[2]),
        };
    }

    public override bool Matches(in HostNames host) =>
        Name.Matches(host.Workload) && (Kind is not { } kind || kind.Matches(host.Kind)) && (Namespace is not { } label || label.Matches(host.Namespace));
}

/// <summary>The addresses of a CIDR. A CIDR of IPv6 contains no IPv4 address.</summary>
internal sealed record AddressValue(string Text, Prefix Prefix) : FilterValue(Text)
{
    public override bool Matches(Address address) => Prefix.Contains(address);
}

/// <summary>A port, a protocol, or 1 and 0 for true and false.</summary>
internal sealed record NumberValue(string Text, long Number) : FilterValue(Text)
{
    public override bool Matches(long number) => number == Number;
}
