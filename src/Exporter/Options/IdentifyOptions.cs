namespace SFlow.Exporter.Options;

/// <summary>Section <c>Identify</c>: where names come from.</summary>
internal sealed class IdentifyOptions
{
    [Option("--inventory", "File that holds what `kubectl get nodes,namespaces,replicasets,jobs,pods,services,endpointslices -A -o json` printed.")]
    public string Inventory { get; set; } = "";

    [Option("--networks", "Named networks, as office=192.0.2.0/24+2001:db8::/32,lab=198.51.100.0/24; a label is @ and the name.")]
    public string Networks { get; set; } = "";

    [Option("--geoip-database", "MaxMind databases (.mmdb: City or Country, ASN) that tell where outside addresses of records are, separated by commas; none is shipped.")]
    public string GeoipDatabase { get; set; } = "";

    [Option("--ovn-join", "OVN join subnets, of the default network and of user-defined ones.")]
    public string OvnJoin { get; set; } = "100.64.0.0/16,fd98::/64,100.65.0.0/16,fd99::/64";

    [Option("--ovn-transit", "OVN transit subnets.")]
    public string OvnTransit { get; set; } = "100.88.0.0/16,fd97::/64";

    [Option("--ovn-masquerade", "OVN masquerade subnets.")]
    public string OvnMasquerade { get; set; } = "169.254.0.0/17,fd69::/112";

    public string[] GeoipFiles() => GeoipDatabase.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
