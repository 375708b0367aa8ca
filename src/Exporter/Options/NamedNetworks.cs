using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Options;

/// <summary>The user's names for networks: <c>office=192.0.2.0/24+2001:db8::/32,lab=198.51.100.0/24</c>.</summary>
internal static class NamedNetworks
{
    private static readonly string[] Taken =
        [ReservedLabels.OtherService, ReservedLabels.Unknown, ReservedLabels.Node, ReservedLabels.Ovn, ReservedLabels.Multicast, ReservedLabels.Link, ReservedLabels.Private, ReservedLabels.Internet];

    /// <exception cref="FormatException">An entry is not of that form; the message says which and why.</exception>
    public static IReadOnlyList<(string Name, Prefix Prefix)> Parse(string text)
    {
        List<(string, Prefix)> networks = [];
        foreach (string entry in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] sides = entry.Split('=', 2);
            if (sides.Length < 2 || !IsName(sides[0]))
                throw new FormatException($"\"{entry}\" has the wrong form. Write name=CIDR+CIDR; a name has lower-case letters, digits and hyphens.");
            if (Taken.Contains("@" + sides[0]))
                throw new FormatException($"the name {sides[0]} is reserved. Choose another name for {sides[1]}.");
            foreach (string cidr in sides[1].Split('+'))
            {
                if (!Prefix.TryParse(cidr, out Prefix prefix)) throw new FormatException($"network {sides[0]} has the unknown address \"{cidr}\". Write CIDRs such as 192.0.2.0/24 or 2001:db8::/32, separated by +.");
                networks.Add((sides[0], prefix));
            }
        }
        return networks;
    }

    /// <summary>How many different names there are.</summary>
    /// <exception cref="FormatException">An entry is not of that form.</exception>
    public static int Count(string text) => Parse(text).Select(network => network.Name).Distinct().Count();

    private static bool IsName(string text) =>
        text.Length is > 0 and <= 63 && text[0] != '-' && text[^1] != '-' && text.All(letter => letter is >= 'a' and <= 'z' or >= '0' and <= '9' or '-');
}
