namespace SFlow.Exporter.Options;

/// <summary>Section <c>Identify</c>: where names come from.</summary>
internal sealed class IdentifyOptions
{
    [Option("--inventory", "Read names from this file instead of the Kubernetes API. The file holds the output of `kubectl get nodes,namespaces,replicasets,jobs,pods,services,endpointslices -A -o json`. The file is read again when it changes. Empty reads none.", IsCommon = true, Placeholder = "FILE")]
    public string Inventory { get; set; } = "";

    [Option("--networks", "Name networks, as office=192.0.2.0/24+2001:db8::/32,lab=198.51.100.0/24. The label of a network is @ and its name. Empty names none.", IsCommon = true, Placeholder = "LIST")]
    public string Networks { get; set; } = "";

    [Option("--geoip-database", "Look up the location of outside addresses in these MaxMind databases, separated by commas. Allowed are .mmdb files of City, Country and ASN; the exporter includes none. Empty disables the lookup.", Placeholder = "FILES")]
    public string GeoipDatabase { get; set; } = "";

    [Option("--ovn-join", "Classify these CIDRs as OVN join subnets, of the default network and of user-defined ones. Empty classifies none.", Placeholder = "CIDRS")]
    public string OvnJoin { get; set; } = "100.64.0.0/16,fd98::/64,100.65.0.0/16,fd99::/64";

    [Option("--ovn-transit", "Classify these CIDRs as OVN transit subnets. Empty classifies none.", Placeholder = "CIDRS")]
    public string OvnTransit { get; set; } = "100.88.0.0/16,fd97::/64";

    [Option("--ovn-masquerade", "Classify these CIDRs as OVN masquerade subnets. Empty classifies none.", Placeholder = "CIDRS")]
    public string OvnMasquerade { get; set; } = "169.254.0.0/17,fd69::/112";

    public string[] GeoipFiles() => GeoipDatabase.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
