namespace SFlow.Exporter.Pipeline.Fields;

/// <summary>The fields of one end of a packet.</summary>
/// <param name="end">Its object in documents: source or destination.</param>
/// <param name="of">What its address belongs to.</param>
/// <param name="place">Its location, for an outside address.</param>
internal sealed class EndFields(string end, Func<NamedFlow, FlowEndpoint> of, Func<NamedFlow, Place?> place)
{
    private readonly string ofEnd = $"of the {end}";

    /// <summary>The packet's source or destination.</summary>
    public static Field[] Of(
        string end, Func<NamedFlow, FlowEndpoint> of, Func<NamedFlow, Place?> place, Func<NamedFlow, Address> address, Func<NamedFlow, long> port, Func<NamedFlow, ulong> mac)
    {
        EndFields fields = new(end, of, place);
        return [.. fields.Packet(address, port, mac), .. fields.Names(), .. fields.Place()];
    }

    /// <summary>The client or the server: in documents a copy of the source or the destination.</summary>
    public static Field[] CopyOf(string role, Field[] source) =>
    [
        .. source.Select(field => new Field(role + field.Name["source".Length..], field.Type, field.Meaning.Replace("source", role, StringComparison.Ordinal)) { Unit = field.Unit, IsCopied = true }),
    ];

    private Field[] Packet(Func<NamedFlow, Address> address, Func<NamedFlow, long> port, Func<NamedFlow, ulong> mac)
    {
        Field ip = Field.AddressOf($"{end}.ip", $"IP address {ofEnd}.", flow => flow.IsIp ? address(flow) : null);
        Field[] both =
        [
            ip with { Name = $"{end}.address", Type = Field.Keyword, Meaning = $"The same as {end}.ip, as ECS wants it.", Read = null },
            ip,
            Field.Number($"{end}.port", $"Port {ofEnd}.", flow => flow.Record.Has(PacketFacts.Ports) ? port(flow) : null),
            Field.Mac($"{end}.mac", $"MAC address {ofEnd}.", flow => flow.Record.Has(PacketFacts.Ethernet) ? mac(flow) : null),
        ];
        if (end != "source") return both;
        return
        [
            .. both,
            Field.Number($"{end}.bytes", $"Estimated bytes {ofEnd}, which sent the packet.", flow => IsKnown(flow) ? flow.Bytes : null, "bytes").OnlyInDocuments(),
            Field.Number($"{end}.packets", $"Estimated packets {ofEnd}, which sent the packet.", flow => IsKnown(flow) ? flow.Packets : null, "packets").OnlyInDocuments(),
        ];
    }

    private Field[] Names() =>
    [
        Name("domain", $"DNS name {ofEnd}, where it is a Service: name.namespace.svc.", DnsName).OnlyInDocuments(),
        Name("kubernetes.namespace", $"Namespace {ofEnd}.", endpoint => endpoint.Namespace),
        Name("kubernetes.kind", $"Kind of the object {ofEnd}: Pod, Service or Node.", endpoint => endpoint.KubernetesKind),
        Name("kubernetes.name", $"Name of the object {ofEnd}.", endpoint => endpoint.KubernetesKind is null ? null : endpoint.Name),
        Name("kubernetes.owner.kind", $"Kind of the workload {ofEnd}.", endpoint => endpoint.OwnerKind),
        Name("kubernetes.owner.name", $"Name of the workload {ofEnd}.", endpoint => endpoint.OwnerName),
        Name("kubernetes.node.name", $"Node {ofEnd}.", endpoint => endpoint.NodeName),
        Name("kubernetes.zone", $"Zone {ofEnd}, by its node's labels.", endpoint => endpoint.Zone),
        Name("kubernetes.region", $"Region {ofEnd}, by its node's labels.", endpoint => endpoint.Region),
    ];

    private Field[] Place() =>
    [
        OfPlace(Field.Text($"{end}.geo.continent_code", $"Continent {ofEnd}, two letters.", flow => place(flow)?.ContinentCode)),
        OfPlace(Field.Text($"{end}.geo.continent_name", $"Continent {ofEnd}.", flow => place(flow)?.ContinentName)),
        OfPlace(Field.Text($"{end}.geo.country_iso_code", $"Country {ofEnd}, two letters of ISO 3166-1.", flow => place(flow)?.CountryCode)),
        OfPlace(Field.Text($"{end}.geo.country_name", $"Country {ofEnd}.", flow => place(flow)?.CountryName)),
        OfPlace(Field.Text($"{end}.geo.region_iso_code", $"Region {ofEnd} by ISO 3166-2.", flow => place(flow)?.RegionCode)),
        OfPlace(Field.Text($"{end}.geo.region_name", $"Region {ofEnd}.", flow => place(flow)?.RegionName)),
        OfPlace(Field.Text($"{end}.geo.city_name", $"City {ofEnd}.", flow => place(flow)?.City)),
        OfPlace(Field.Text($"{end}.geo.timezone", $"Time zone {ofEnd}, by its name at IANA.", flow => place(flow)?.TimeZone)),
        OfPlace(new($"{end}.geo.location", Field.GeoPoint, $"Latitude and longitude {ofEnd}, in degrees.") { Write = WriteLocation }),
        OfPlace(Field.Number($"{end}.as.number", $"Autonomous system {ofEnd}.", flow => place(flow)?.AsNumber)),
        OfPlace(Field.Text($"{end}.as.organization.name", $"Organization of the autonomous system {ofEnd}.", flow => place(flow)?.AsOrganization)),
    ];

    private Field Name(string name, string meaning, Func<FlowEndpoint, string?> read) => Field.Text($"{end}.{name}", meaning, flow => read(of(flow))) with { DependsOn = of };

    private Field OfPlace(Field field) => field.OnlyInDocuments() with { DependsOn = place };

    private bool WriteLocation(NamedFlow flow, JsonBuffer json)
    {
        if (place(flow) is not { Latitude: { } latitude, Longitude: { } longitude }) return false;
        json.Raw("{\"lat\":"u8);
        json.Number(latitude);
        json.Raw(",\"lon\":"u8);
        json.Number(longitude);
        return json.Raw("}"u8);
    }

    /// <summary>The search path of a pod completes it by the domain of the cluster, which an exporter does not know.</summary>
    private static string? DnsName(FlowEndpoint endpoint) => endpoint.Kind == EndpointKind.Service && endpoint.Name is not null ? $"{endpoint.Name}.{endpoint.Namespace}.svc" : null;

    private static bool IsKnown(NamedFlow flow) => flow.IsIp || flow.Record.Has(PacketFacts.Ethernet);
}
